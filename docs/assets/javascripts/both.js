// A page in both languages at once: each block of text is followed by its counterpart.
// Fetched by readers who asked for it.

import { file, once, sheet } from "./fetching.js"

const root = document.documentElement
const header = document.querySelector(".md-header")

const style = once(() => sheet("both"))
const texts = once(async () => (await file("both.json")).json())
let wanted // the blocks to show in both languages, or false
const counterparts = [] // some in notes that are not in the document until they open

// Put the counterpart of each block under it; of `false`, take them away. Returns whether
// that was done: by then the reader may have chosen otherwise.
export async function read(blocks) {
  wanted = blocks
  if (blocks) {
    const [{ lang, blocks: others }] = await Promise.all([texts(), style()])
    if (wanted !== blocks || counterparts.length) return false
    inPlace(() => {
      root.classList.add("both")
      blocks.forEach((block, n) => others[n] !== null && join(block, others[n], lang))
    })
    returnToPlace()
  } else
    inPlace(() => {
      root.classList.remove("both")
      counterparts.splice(0).forEach(part)
    })
  dispatchEvent(new Event("resize")) // what scrolls inside itself may be another
  return true
}

function join(block, text, lang) {
  const counterpart = span(lang, "counterpart")
  counterpart.innerHTML = text
  for (const term of counterpart.querySelectorAll("g-t"))
    term.dataset.word = term.textContent
  for (const term of counterpart.querySelectorAll("g-t[f]")) {
    term.tabIndex = 0
    term.setAttribute("role", "term")
  }
  counterparts.push(counterpart)
  const alone = block.querySelector(":scope > img:only-child")
  if (alone && !block.textContent.trim()) return block.append(counterpart)
  const own = span(root.dataset.language)
  own.append(...block.childNodes)
  const pair = document.createElement("span")
  pair.className = "pair"
  pair.append(own, counterpart)
  block.append(pair)
}

function part(counterpart) {
  const own = counterpart.previousElementSibling
  if (own.matches("img")) counterpart.remove()
  else own.parentElement.replaceWith(...own.childNodes)
}

function span(lang, name = "") {
  return Object.assign(document.createElement("span"), { lang, className: name })
}

// What stands at the top of the window stays there while the page changes.
function inPlace(change) {
  const top = header.getBoundingClientRect().bottom
  const place = element => element.getBoundingClientRect()
  const blocks = [...document.querySelectorAll("[data-prose]")]
  const block = scrollY && blocks.find(block => place(block).bottom > top)
  const before = block && place(block).top
  root.style.overflowAnchor = "none"
  change()
  if (block) scrollBy({ top: place(block).top - before, behavior: "instant" })
  root.style.overflowAnchor = ""
}

// A page that is loaded anew is shorter at first, so that the browser does not find the
// place where the reader left it. Storage may be denied, and a browser may not tell how
// the reader came.
const key = `place:${location.pathname}`
addEventListener("pagehide", () => {
  if (!root.classList.contains("both")) return
  try { sessionStorage.setItem(key, scrollY) } catch {}
})
function returnToPlace() {
  try {
    const [{ type }] = performance.getEntriesByType("navigation")
    const top = type !== "navigate" && sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    if (top) scrollTo({ top, behavior: "instant" })
  } catch {}
}
