// Cards of glossary terms: the name in the other language, and what it means. Fetched
// when the reader asks for the first one.

import { file, once, sheet } from "./fetching.js"

const root = document.documentElement
const { language } = root.dataset
const GLOSSARY = { en: "Glossary", zh: "术语表" }

const card = document.createElement("span")
card.id = "term-card"
card.setAttribute("role", "dialog")
card.setAttribute("popover", "manual") // above everything, and cut off by nothing

const style = once(() => sheet("terms"))
const cardsIn = lang => once(async () => (await file(new URL("terms.json", folder(lang)))).json())
const cards = { en: cardsIn("en"), zh: cardsIn("zh") }
let asked // the term that was asked for last
let dismissed // a term whose card the reader closed and still points at
let open // the term whose card is open
let pinned // whether the card stays when the pointer leaves
let timer

// Whether the reader still wants the card that an event asked for: the pointer may have
// passed over the term.
const wants = {
  mouseover: term => term.matches(":hover"),
  focusin: term => term === document.activeElement,
  click: () => true
}

// Open the card of a term, which the reader points at, reached by key, or tapped.
export async function ask(term, how) {
  if (term === dismissed) return
  clearTimeout(timer)
  asked = term
  term.addEventListener("mouseleave", leave)
  if (how === "mouseover") await new Promise(resolve => setTimeout(resolve, 150))
  if (!wants[how](term)) return
  const lang = term.closest(".counterpart")?.lang ?? language
  const [known] = await Promise.all([cards[lang](), style()])
  const rows = find(known, term.dataset.word)
  if (asked !== term || !wants[how](term) || !rows) return
  pinned = how !== "mouseover" || (pinned && open === term)
  if (open !== term) show(term, rows, lang)
}

// A word as it stands in a text is a plural, or begins in upper case.
export function find(cards, word) {
  const text = word.toLowerCase().replace(/\s+/g, " ")
  for (const form of [text, text.replace(/s$/, ""), text.replace(/es$/, "")])
    for (const name of [form, form.replaceAll("-", " ")])
      if (cards[name]) return cards[name]
}

function show(term, rows, lang) {
  hide()
  open = term
  const other = lang === "en" ? "zh" : "en"
  const says = element("span", { id: "term-card-says" })
  for (const { term, meaning } of rows)
    says.append(
      element("strong", { lang: other, textContent: term }),
      element("span", { lang, innerHTML: meaning })
    )
  card.replaceChildren(
    says,
    element("a", {
      lang: language,
      textContent: GLOSSARY[language],
      href: new URL(`#${rows[0].row}`, folder(language))
    })
  )
  card.setAttribute("aria-label", rows.map(row => row.term).join(", "))
  term.after(card)
  term.setAttribute("aria-describedby", says.id)
  card.showPopover?.()
  place(term.getBoundingClientRect())
}

// Under the term, or above it where there is no room; inside the window.
function place({ left, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = card
  const below = bottom + 6
  const above = top - height - 6
  const y = below + height > innerHeight && above > 0 ? above : below
  const x = Math.max(8, Math.min(left, root.clientWidth - width - 8))
  card.style.left = `${x + scrollX}px`
  card.style.top = `${y + scrollY}px`
}

function hide() {
  clearTimeout(timer)
  open?.removeAttribute("aria-describedby")
  card.remove()
  open = undefined
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

function folder(lang) {
  return new URL(`../../${lang === "en" ? "" : "zh/"}about/glossary/`, import.meta.url)
}

// Leaving: the card may be pointed at, and then stays.
function leave({ target }) {
  if (dismissed === target) dismissed = undefined
  if (!pinned) timer = setTimeout(hide, 250)
}
card.addEventListener("mouseenter", () => clearTimeout(timer))
card.addEventListener("mouseleave", leave)

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (dismissed === target) dismissed = undefined
  if (open && pinned && target.closest("g-t, #term-card"))
    if (relatedTarget !== open && !card.contains(relatedTarget)) hide()
})
document.addEventListener("pointerdown", ({ target }) => {
  if (open && !open.contains(target) && !card.contains(target)) hide()
})
document.addEventListener("keydown", event => {
  const { key, target } = event
  if (target === dismissed && (key === "Enter" || key === " ")) {
    event.preventDefault() // a space would scroll the page
    dismissed = undefined
    ask(target, "click")
  }
  if (key !== "Escape" || !open) return
  dismissed = open
  if (card.contains(document.activeElement)) open.focus()
  hide()
  asked = undefined
})
addEventListener("resize", hide)
addEventListener("copy", hide) // it stands in the text
