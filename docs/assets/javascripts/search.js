// The search worker, started when search is first used: it loads the index of each
// language that the reader reads, and answers in the form in which Material shows results.

import { Engine } from "./search/engine.js"
import { excerpt, marked } from "./search/excerpt.js"

// Types of messages: those of Material's own worker, and ours.
const QUERY = 2, RESULT = 3, LANGUAGES = "languages", FAILED = "failed"

const LEAST = 0.02 // of the best score; what has less is not shown
const engines = {} // of each language, a promise
let languages = []

// The engine of a language. One that cannot be loaded is asked for again at the next use.
function engine(language) {
  return engines[language] ??= load(language).catch(problem => {
    delete engines[language]
    throw problem
  })
}

async function load(language) {
  const folder = language === "en" ? "../../" : `../../${language}/`
  const response = await fetch(new URL(`${folder}search/search_index.json`, import.meta.url))
  if (!response.ok) throw new Error(response.statusText)
  return new Engine(await response.json())
}

// The pages found, best first: of a page in two languages the one that answers better.
function answer(query, loaded) {
  const pages = new Map()
  for (const [order, found] of loaded.map(engine => engine.search(query)).entries())
    for (const { page, worth, sections } of found.pages) {
      const path = page.location.replace(/^zh\//, "")
      const here = worth * (order ? 0.9 : 1)
      if (here > (pages.get(path)?.worth ?? 0))
        pages.set(path, { worth: here, page, sections, words: found.found })
    }
  const sorted = [...pages.values()].sort((a, b) => b.worth - a.worth)
  return sorted.filter(({ worth }) => worth > LEAST * sorted[0].worth).map(item)
}

// A page as Material shows it: its best sections, and the page itself.
function item({ page, sections, words }) {
  const best = sections.filter(({ score }) => score > LEAST * sections[0].score)
  if (!best.some(({ section }) => section === page)) best.push({ section: page, score: 0 })
  return best.map(({ section, score }) => ({
    location: section.location,
    title: marked(section.title, words),
    text: score ? excerpt([...section.text ?? [], ...section.messages ?? []], words) : "",
    score,
    terms: {}
  }))
}

let latest // the query that was asked last
addEventListener("message", async ({ data: { type, data } }) => {
  if (type === LANGUAGES) {
    languages = data
    for (const language of languages) engine(language).catch(() => {})
  }
  if (type !== QUERY) return
  latest = data
  try {
    const loaded = await Promise.all(languages.map(engine))
    if (latest !== data) return // answered by a later one
    postMessage({ type: RESULT, data: { items: answer(data, loaded) } })
  } catch (error) {
    console.warn(error)
    postMessage({ type: FAILED })
  }
})
