// Finds the sections of the site that answer a query, the best first.

import { asked, nearly, plain, words } from "./words.js"

// How much it counts where a word stands.
const FIELDS = { names: 6, title: 5, strong: 2, text: 1, messages: 1, code: 0.6, page: 1.2, path: 1 }
const SUBJECT = 40 // that the query names what a section teaches
const HAN = /\p{sc=Han}/u

export class Engine {
  constructor(sections) {
    this.sections = sections
    this.postings = new Map() // of each word, its weight in each section
    this.names = new Map() // of each name, the sections that teach it
    let page
    for (const [at, section] of sections.entries()) {
      if (!section.location.includes("#")) page = section
      section.page = page
      if (section === page) section.path = section.location.replace(/\W/g, " ")
      for (const field in FIELDS) this.add(at, section, field)
      for (const name of section.names ?? []) this.name(plain(name), at, 1)
      this.name(plain(section.title), at, 0.5)
    }
    this.vocabulary = [...this.postings.keys()].sort()
  }

  name(name, at, share) {
    if (!this.names.has(name)) this.names.set(name, new Map())
    const of = this.names.get(name)
    of.set(at, Math.max(share, of.get(at) ?? 0))
  }

  // Count the words of a field; twice the same word does not count twice as much.
  add(at, section, field) {
    const value = field === "page" ? section.page.title : section[field]
    if (!value) return
    const counts = new Map()
    for (const text of [value].flat())
      for (const [word, share] of words(text))
        counts.set(word, (counts.get(word) ?? 0) + share)
    for (const [word, count] of counts) {
      if (!this.postings.has(word)) this.postings.set(word, new Map())
      const posting = this.postings.get(word)
      const weight = FIELDS[field] * 2 * count / (count + 1)
      posting.set(at, (posting.get(at) ?? 0) + weight)
    }
  }

  // How rare a word is.
  rarity(word) {
    const { size } = this.postings.get(word)
    return Math.log(1 + this.sections.length / size)
  }

  // The words of the site that a word of the query may stand for, with their shares.
  meant({ forms, joined, last }) {
    const found = new Map()
    const known = forms.find(form => form.length && form.every(word => this.postings.has(word)))
    if (joined && this.postings.has(joined)) found.set(joined, 1.2)
    for (const word of known ?? []) found.set(word, 1)
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

  search(query) {
    const terms = [...asked(query)].map(term => this.meant(term)).filter(term => term.size)
    const scores = new Map()
    let all = 0
    for (const term of terms) {
      const best = new Map()
      let most = 0
      for (const [word, share] of term) {
        const rarity = this.rarity(word)
        most = Math.max(most, share * rarity)
        for (const [at, weight] of this.postings.get(word)) {
          const score = share * rarity * weight
          if (score > (best.get(at)?.score ?? 0)) best.set(at, { score, worth: share * rarity })
        }
      }
      all += most
      for (const [at, { score, worth }] of best) {
        const sum = scores.get(at) ?? { score: 0, worth: 0 }
        scores.set(at, { score: sum.score + score, worth: sum.worth + worth })
      }
    }
    const subjects = this.subjects(query)
    const results = []
    for (const [at, { score, worth }] of scores) {
      const section = this.sections[at]
      const covered = Math.min(1, worth / all)
      const value = score + SUBJECT * (subjects.get(at) ?? 0) ** 2
      results.push({ section, score: value * covered ** 2 * (section.weight ?? 1) })
    }
    for (const [at, share] of subjects)
      if (!scores.has(at))
        results.push({ section: this.sections[at], score: SUBJECT * share ** 2 })
    const found = new Set(terms.flatMap(term => [...term.keys()]))
    return { pages: pagesOf(results), found }
  }

  // The sections whose subject a query names, each with the share of the query that
  // the name is; of names inside one another the longest.
  subjects(query) {
    const text = plain(query)
    const hits = []
    for (const [name, sections] of this.names) {
      const at = find(text, name)
      if (at >= 0) hits.push({ at, end: at + name.length, sections, share: name.length / text.length })
    }
    if (!hits.length && HAN.test(text))
      for (const [name, sections] of this.names)
        if (name.length > 2 && HAN.test(name))
          for (let at = 0; at + name.length <= text.length; at++)
            if (nearly(text.slice(at, at + name.length), name))
              hits.push({ at, end: at + name.length, sections, share: 0.8 * name.length / text.length })
    const subjects = new Map()
    for (const hit of hits) {
      const inside = hits.some(({ at, end }) =>
        at <= hit.at && hit.end <= end && end - at > hit.end - hit.at)
      if (inside) continue
      for (const [at, share] of hit.sections)
        subjects.set(at, Math.max(share * hit.share, subjects.get(at) ?? 0))
    }
    return subjects
  }
}

// Where a name stands in a text, as whole words where it has letters.
function find(text, name) {
  if (HAN.test(name)) return text.indexOf(name)
  const at = ` ${text} `.replace(/\p{sc=Han}/gu, " ").indexOf(` ${name} `)
  return at
}

// Results by page: the page whose best section is best comes first.
function pagesOf(results) {
  const pages = new Map()
  results.sort((a, b) => b.score - a.score)
  for (const result of results) {
    const page = result.section.page
    if (!pages.has(page)) pages.set(page, [])
    pages.get(page).push(result)
  }
  const worth = found => found[0].score + 0.15 * (found[1]?.score ?? 0) + 0.1 * (found[2]?.score ?? 0)
  return [...pages].sort(([, a], [, b]) => worth(b) - worth(a))
}
