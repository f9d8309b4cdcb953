// The names of what the site teaches, and which of them a query says.

import { HAN, nearly, plain } from "./words.js"

export class Names {
  names = new Map() // of each, the sections that teach it, and the site's word for it

  // Note that a section teaches what a name says; BatchNorm is written as two words too.
  add(name, at, share, own) {
    for (const spelling of [name, name.replace(/([a-z])([A-Z])/g, "$1 $2")]) {
      const key = plain(spelling)
      if (!this.names.has(key)) this.names.set(key, { own, sections: new Map() })
      const { sections } = this.names.get(key)
      sections.set(at, Math.max(share, sections.get(at) ?? 0))
    }
  }

  // What a text names: the sections that teach it, each with the share of the text that
  // the name is; and the text in the site's words, in parts.
  in(text, misspelt) {
    const hits = longest([...this.said(text)])
    if (!hits.length && misspelt) hits.push(...longest([...this.nearlySaid(text)]))
    const subjects = new Map()
    const parts = []
    let end = 0
    for (const [order, { from, to, own, sections, share }] of hits.entries()) {
      // What is named first is asked for, as in "layer norm or batch norm?"
      const said = (order ? 0.9 : 1) * share * (to - from) / text.length
      for (const [at, part] of sections)
        subjects.set(at, Math.max(said * part, subjects.get(at) ?? 0))
      if (!own || from < end) continue
      parts.push({ text: text.slice(end, from) }, { text: own, named: true })
      end = to
    }
    return { subjects, parts: [...parts, { text: text.slice(end) }] }
  }

  *said(text) {
    for (const [name, { own, sections }] of this.names) {
      const from = place(name, text)
      if (from >= 0) yield { from, to: from + name.length, own, sections, share: 1 }
    }
  }

  // Chinese names with one slip; the first character is right.
  *nearlySaid(text) {
    for (const [name, { own, sections }] of this.names) {
      if (name.length < 3 || !HAN.test(name)) continue
      for (let from = text.indexOf(name[0]); from >= 0; from = text.indexOf(name[0], from + 1)) {
        const to = from + name.length
        if (nearly(text.slice(from, to), name)) yield { from, to, own, sections, share: 0.8 }
      }
    }
  }
}

// Of names inside one another the longest, in their order.
function longest(hits) {
  const inside = (hit, other) =>
    other.from <= hit.from && hit.to <= other.to && other.to - other.from > hit.to - hit.from
  return hits
    .filter(hit => !hits.some(other => inside(hit, other)))
    .sort((a, b) => a.from - b.from)
}

// Where a name stands in a text, as whole words where it has letters.
function place(name, text) {
  if (/\p{sc=Han}/u.test(name)) return text.indexOf(name)
  return ` ${text} `.replace(/\p{sc=Han}/gu, " ").indexOf(` ${name} `)
}
