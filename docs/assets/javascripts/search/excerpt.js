// What is shown of a section that was found: a few lines of its prose around the words.

import { HAN, WORD, forms, pairs } from "./words.js"

const ROOM = 160 // letters; a Chinese character takes the room of two

const escape = text => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt()};`)
const room = text => text.length + (text.match(/\p{sc=Han}/gu)?.length ?? 0)

// Where in a text the words that were found stand.
function hits(text, found) {
  const places = []
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (HAN.test(word)) {
      for (const [at, pair] of pairs(word).entries())
        if (found.has(pair)) places.push([index + at, index + at + pair.length])
    } else if (forms(word).some(([form]) => found.has(form)))
      places.push([index, index + word.length])
  }
  return places
}

// A text as HTML, with what was found marked.
export function marked(text, found) {
  let html = "", end = 0
  for (const [from, to] of hits(text, found)) {
    const start = Math.max(from, end)
    if (start > end || !html.endsWith("</mark>"))
      html += `${escape(text.slice(end, start))}<mark>${escape(text.slice(start, to))}</mark>`
    else html = `${html.slice(0, -7)}${escape(text.slice(start, to))}</mark>`
    end = to
  }
  return html + escape(text.slice(end))
}

// The paragraph with the most of what was found, from the sentence in which that begins.
export function excerpt(paragraphs, found) {
  let best = { count: -1 }
  for (const text of paragraphs) {
    const places = hits(text, found)
    const words = new Set(places.map(([from, to]) => text.slice(from, to).toLowerCase()))
    const count = words.size - (text.includes(" · ") ? 0.5 : 0) // prose says more than a row
    if (count > best.count) best = { count, text, first: places[0]?.[0] ?? 0 }
  }
  if (best.count < 0) return ""
  const sentence = [...best.text.matchAll(/[.!?][)"”]*\s+|[。！？；][”’）》]*/g)]
    .map(({ 0: stop, index }) => index + stop.length)
    .filter(at => at <= best.first)
    .pop() ?? 0
  let start = sentence
  if (room(best.text.slice(sentence, best.first)) > ROOM / 2)
    start = best.first - best.text.slice(sentence, best.first).slice(-ROOM / 4).replace(/^[\w.'’-]*\s*/, "").length
  start += best.text.slice(start).match(/^[\s·.,;:!?)\]，、。；：！？”’）》]*/)[0].length
  let text = ""
  for (const piece of best.text.slice(start).match(/\p{sc=Han}[，。；：！？、”’）》]*|[^\s\p{sc=Han}]+\s*|\s+/gu) ?? []) {
    if (text && room(text + piece) > ROOM) {
      text = `${text.trimEnd()}…`
      break
    }
    text += piece
  }
  return `${start > sentence ? "…" : ""}${marked(text, found)}`
}
