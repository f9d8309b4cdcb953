// Finds the sections of the site that answer a query, the best first.

import { Names } from "./names.js"
import { HAN, asked, counted, nearly, plain } from "./words.js"

// How much it counts where a word stands.
const FIELDS = {
  names: 5, title: 5, english: 3, strong: 2, text: 1, messages: 2, path: 1, code: 0.6
}
const NAMES = ["names", "title", "english"]
const LENT = 0.25 // of what its page is called, and begins with, for each of its sections
const SUBJECT = 100 // that the query is the name of what a section teaches

export class Engine {
  // An index as docs/_hooks/publishing/search.py writes it.
  constructor({ sections, terms }) {
    this.sections = sections
    this.postings = new Map() // of each word the sections, and by turns its weight there
    this.names = new Names()
    const places = new Map(sections.map(({ location }, at) => [location, at]))
    for (const [at, section] of sections.entries()) {
      const parent = sections[places.get(section.location.split("#")[0])]
      if (section === parent) {
        section.path = section.location.replace(/\W/g, " ")
        section.inside = []
      } else {
        section.parent = parent
        parent.inside.push(at)
      }
    }
    for (const { location, names } of terms) {
      const at = places.get(location)
      sections[at].names = [...sections[at].names ?? [], ...names]
      for (const name of names) this.names.add(name, at, 1, names[0])
    }
    for (const [at, section] of sections.entries()) {
      for (const title of [section.title, section.english]) 
        if (title) this.names.add(title, at, 0.8)
      this.index(at, section)
    }
    this.vocabulary = [...this.postings.keys()].sort()
  }

  // Note where the words of a section stand; the place that says most counts.
  index(at, section) {
    const most = new Map(), rest = new Map()
    for (const [field, weight] of Object.entries(FIELDS)) {
      if (!section[field]) continue
      for (const [word, count] of counted([section[field]].flat(), NAMES.includes(field))) {
        const here = weight * 2 * count / (count + 1)
        const before = most.get(word)
        if (before === undefined) most.set(word, here)
        else {
          most.set(word, Math.max(before, here))
          rest.set(word, (rest.get(word) ?? 0) + Math.min(before, here))
        }
      }
    }
    for (const [word, weight] of most) {
      if (!this.postings.has(word)) this.postings.set(word, [])
      this.postings.get(word).push(at, weight + 0.3 * (rest.get(word) ?? 0))
    }
  }

  // How rare a word is, and so how much it says.
  rarity(word) {
    return Math.log(1 + 2 * this.sections.length / this.postings.get(word).length) ** 2
  }

  // The words of the site that a word of the query may stand for, with their shares.
  meant({ forms, joined, last }) {
    const found = new Map()
    const known = forms.find(form => form.length && form.every(word => this.postings.has(word)))
    for (const word of known ?? []) found.set(word, 1)
    if (joined && this.postings.has(joined)) // data loader: no more than its first word
      found.set(joined, known ? Math.min(1, this.rarity(known[0]) / this.rarity(joined)) : 1)
    const [[word]] = forms
    if (HAN.test(word)) {
      if (word.length === 1) this.begins(word, 1, found)
      return found
    }
    if (word.length > (last ? 1 : 3)) this.begins(word, known ? 0.3 : 0.8, found)
    if (!found.size && word.length > 3)
      for (const other of this.vocabulary)
        if (nearly(word, other)) found.set(other, 0.8)
    for (let cut = word.length - 1; !found.size && cut > 3 && cut > word.length - 5; cut--)
      this.begins(word.slice(0, cut), 0.8, found)
    return found
  }

  // Words that begin with what was typed.
  begins(start, share, found) {
    let [low, high] = [0, this.vocabulary.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.vocabulary[middle] < start) low = middle + 1
      else high = middle
    }
    for (; this.vocabulary[low]?.startsWith(start); low++) {
      const word = this.vocabulary[low]
      if (!found.has(word)) found.set(word, share * start.length / word.length)
    }
  }

  // The pages that answer a query, and the words that were looked for. A section is scored
  // for the query as it is, and in the site's words; the better counts.
  search(query) {
    const found = new Set()
    const scores = new Map()
    const terms = this.terms(query)
    const { subjects, parts } = this.names.in(this.corrected(query, terms), this.misspelt(query))
    const own = parts.flatMap(part => this.terms(part.text, part))
    for (const asked of [terms, own]) {
      const known = asked.filter(({ words }) => words.size)
      for (const [at, score] of this.score(known, subjects))
        scores.set(at, Math.max(score, scores.get(at) ?? 0))
      for (const { words } of known) for (const word of words.keys()) found.add(word)
    }
    return { pages: this.pages(scores), found }
  }

  // The words of a query, or of a part of it. A name in it counts as one word.
  terms(query, part) {
    const all = [...asked(query, part && !part.named)]
    const share = part?.named ? 1 / all.length : 1
    return all.map(term => ({ ...term, words: this.meant(term), share: share * (term.said ?? 1) }))
  }

  // The query with the words of the site in the place of words that the site has not.
  corrected(query, terms) {
    const best = new Map()
    for (const term of terms) {
      const [[word]] = term.forms
      if (HAN.test(word) || this.postings.has(word)) continue
      const [likely] = [...term.words].sort(([, a], [, b]) => b - a)
      if (likely) best.set(word, likely[0])
    }
    return plain(query).replace(/[^\p{sc=Han} ]+/gu, word => best.get(word) ?? word)
  }

  // Score the sections in which some of the words stand.
  score(terms, subjects) {
    const sums = new Map()
    let all = 0
    for (const { words, share: part } of terms) {
      const best = new Map()
      let most = 0
      for (const [word, share] of words) {
        const worth = part * share * this.rarity(word)
        most = Math.max(most, worth)
        const posting = this.postings.get(word)
        const note = (at, score) => {
          if (score > (best.get(at)?.score ?? 0)) best.set(at, { score, worth })
        }
        for (let n = 0; n < posting.length; n += 2) {
          const score = worth * posting[n + 1]
          note(posting[n], score)
          for (const at of this.sections[posting[n]].inside ?? []) note(at, LENT * score)
        }
      }
      all += most
      for (const [at, { score, worth }] of best) {
        const sum = sums.get(at) ?? { score: 0, worth: 0 }
        sums.set(at, { score: sum.score + score, worth: sum.worth + worth })
      }
    }
    const scores = new Map()
    for (const at of new Set([...sums.keys(), ...subjects.keys()])) {
      const { score, worth } = sums.get(at) ?? { score: 0, worth: 0 }
      const subject = subjects.get(at) ?? 0
      // A query that is a name asks for nothing more.
      const part = sums.has(at) ? Math.min(1, worth / all) : subject
      const covered = subject > 0.7 ? 1 : part
      const value = (score + SUBJECT * subject ** 2) * covered ** 2
      scores.set(at, value * (this.sections[at].weight ?? 1))
    }
    return scores
  }

  // Whether there are two neighbours in the Chinese of a text that stand nowhere else.
  misspelt(text) {
    return [...asked(text)].some(({ forms: [[word]] }) => HAN.test(word) && !this.postings.has(word))
  }

  // Results by page; the page comes first whose best sections are best.
  pages(scores) {
    const pages = new Map()
    for (const [at, score] of [...scores].sort(([, a], [, b]) => b - a)) {
      const section = this.sections[at]
      const page = section.parent ?? section
      if (!pages.has(page)) pages.set(page, [])
      pages.get(page).push({ section, score })
    }
    return [...pages]
      .map(([page, sections]) => ({ page, sections, worth: worth(sections) }))
      .sort((a, b) => b.worth - a.worth)
  }
}

const worth = ([first, second, third]) =>
  first.score + 0.15 * (second?.score ?? 0) + 0.1 * (third?.score ?? 0)
