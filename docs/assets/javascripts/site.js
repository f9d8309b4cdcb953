// What the site does beyond Material. Everything here may be missing: the pages can
// be read, and the language switched, without a script.

// What the reader chose, kept for the whole site. Storage may be denied.
const recall = key => {
  try { return __md_get(key) } catch { return null }
}
const remember = (key, value) => {
  try { __md_set(key, value) } catch {}
}

const root = document.documentElement

// --- The other language ------------------------------------------------------

// The heading the reader is at: the last one above the upper third of the window.
function currentHeading() {
  if (scrollY === 0) return undefined
  const headings = [...document.querySelectorAll("article :is(h2, h3, h4)[id]")]
  return headings.findLast(
    heading => heading.getBoundingClientRect().top < innerHeight / 3
  )
}

for (const link of document.querySelectorAll("a[data-language]"))
  for (const event of ["click", "auxclick"])
    link.addEventListener(event, () => {
      link.hash = currentHeading()?.id ?? ""
      remember("language", link.dataset.language)
      remember("declined", null)
    })

// What the reader chose: a language, or "both", which a link can ask for as well. On the
// way back, and when the page is loaded anew, what was chosen since counts.
const [{ type: arrival }] = performance.getEntriesByType("navigation")
const asked = arrival === "navigate" && new URLSearchParams(location.search).has("both")
if (asked) remember("language", "both")
const chosen = asked ? "both" : recall("language")

// The reader's language: what was chosen, else the first that the browser asks for
// and the site has.
const languages = navigator.languages.map(tag => tag.split("-")[0])
const wanted = chosen ?? languages.find(tag => tag === "en" || tag === "zh")
const offer = document.querySelector(`[data-offer="${wanted}"]`)
if (offer && recall("declined") !== wanted) {
  offer.hidden = false
  offer.querySelector("[data-decline]").addEventListener("click", () => {
    offer.hidden = true
    remember("declined", wanted)
  })
}

// --- Both languages at once ----------------------------------------------------

// The blocks of text in their order, before Material moves annotations into their code.
const prose = document.querySelectorAll("[data-prose]")
const choices = document.querySelectorAll(".language")

// Show this page in both languages, or in its own again.
async function read(language) {
  const both = await import("./both.js")
  if (!await both.read(language === "both" && prose)) return
  for (const link of choices)
    link.ariaCurrent = link.dataset.language === language ? "true" : null
}

for (const link of choices)
  link.addEventListener("click", event => {
    const { language } = link.dataset
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    if (![root.lang, "both"].includes(language)) return
    event.preventDefault()
    if (link.ariaCurrent) return
    const search = language === "both" ? "?both" : ""
    history.replaceState(history.state, "", location.pathname + search + location.hash)
    read(language)
  })
if (choices.length && chosen === "both") read("both")
addEventListener("pageshow", ({ persisted }) => {
  const language = recall("language") === "both" ? "both" : root.lang
  const shown = root.classList.contains("both") ? "both" : root.lang
  if (persisted && choices.length && language !== shown) read(language)
})

// --- Cards of glossary terms ------------------------------------------------------

// The first mark of a term on the page can be reached by key. The cards are fetched when
// the reader asks for one.
for (const term of document.querySelectorAll("g-t[f]"))
  Object.assign(term, { tabIndex: 0, role: "term" })
for (const type of ["mouseover", "focusin", "click"])
  document.querySelector("article").addEventListener(type, async ({ target }) => {
    const term = target.closest("g-t")
    if (term) (await import("./terms.js")).ask(term, type)
  })

// --- What Material's script leaves undone ------------------------------------

// It asks for the sitemap behind every link to another language. It runs after this
// script; until the page has loaded, it finds none.
const alternates = document.querySelectorAll("link[rel=alternate]")
for (const link of alternates) link.rel = "alternate "
addEventListener("load", () => {
  for (const link of alternates) link.rel = "alternate"
})

// The index is asked for as soon as search is opened, before the first letter. Material
// listens for keys; a word that is pasted, or that an input method writes, has none.
const prefix = root.lang === "en" ? "" : `${root.lang}/`
const search = document.querySelector(".md-search__input")
search.addEventListener(
  "focus",
  () => fetch(new URL(`${prefix}search/search_index.json`, __md_scope)),
  { once: true }
)
search.addEventListener("input", () => search.dispatchEvent(new Event("keyup")))

// What scrolls inside itself can be reached, and so scrolled, by key.
function reachScrollers() {
  for (const box of document.querySelectorAll(
    "article :is(pre > code, .formula, .md-typeset__scrollwrap)"
  ))
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
    else box.removeAttribute("tabindex")
}
addEventListener("load", reachScrollers)
addEventListener("resize", reachScrollers)

// On a narrow window the menu opens by a label, which no key reaches and which has no
// name. A button takes its place.
const label = document.querySelector("label.md-header__button[for=__drawer]")
const menu = document.createElement("button")
menu.append(...label.childNodes)
menu.className = "md-header__button md-icon menu"
menu.ariaLabel = document.querySelector(".md-nav--primary").ariaLabel
menu.addEventListener("click", () => {
  document.getElementById("__drawer").click()
  document.querySelector(".md-nav--primary .md-nav__list a").focus()
})
label.replaceWith(menu)

// The bar with the copy button is no landmark, nor is an annotation, which needs a name.
// Material makes them when code comes into view.
new MutationObserver(() => {
  for (const bar of document.querySelectorAll(".md-code__nav")) bar.role = "none"
  for (const mark of document.querySelectorAll(".md-annotation:not([role])")) {
    const link = mark.querySelector(".md-annotation__index")
    mark.role = "note"
    mark.ariaLabel = link.ariaLabel = link.firstChild.dataset.mdAnnotationId
  }
}).observe(document.querySelector("article"), { childList: true, subtree: true })

// Code that is selected and copied comes without the marks of its annotations.
addEventListener("copy", event => {
  const range = getSelection().rangeCount && getSelection().getRangeAt(0)
  const box = range && range.commonAncestorContainer
  if (!(box.parentElement ?? box).closest?.("article pre")) return
  const code = range.cloneContents()
  for (const mark of code.querySelectorAll(".md-annotation, nav")) mark.remove()
  const text = code.textContent.replace(/[ \t]+$/gm, "")
  event.clipboardData.setData("text/plain", text)
  event.preventDefault()
})

// Paper is light.
const body = document.body
let scheme
addEventListener("beforeprint", () => {
  scheme = body.dataset.mdColorScheme
  body.dataset.mdColorScheme = "default"
})
addEventListener("afterprint", () => (body.dataset.mdColorScheme = scheme))

// "Copied to clipboard" is said aloud.
document.querySelector(".md-dialog").role = "status"

// --- Figures that move --------------------------------------------------------

// Each is a module of its own, fetched by the pages that have it.
for (const image of document.querySelectorAll("img[data-figure]"))
  import(`./figures/${image.dataset.figure}.js`).then(figure => figure.default(image))

// A link to one that answers questions, with a question and its answer, becomes a line to
// write into. Nothing is fetched before the reader asks.
for (const link of document.querySelectorAll("a[data-figure]")) {
  const make = (tag, values) => Object.assign(document.createElement(tag), values)
  const [question, answer] = link.textContent.split(" = ")
  const { figure, ask, failed } = link.dataset
  const form = make("form", { className: "ask__line" })
  form.dataset.figure = figure
  const input = make("input", {
    className: "ask__input", value: question, maxLength: 120, autocomplete: "off",
    autocapitalize: "off", spellcheck: false, ariaLabel: ask
  })
  const button = make("button", { className: "md-button md-button--primary", textContent: ask })
  const output = make("output", { textContent: answer })
  form.append(input, button, output)
  input.addEventListener("input", () => (output.textContent = "")) // no answer to this
  form.addEventListener("submit", async event => {
    event.preventDefault()
    output.textContent = "…"
    button.disabled = true // asked once
    try {
      const { default: show } = await import(`./figures/${figure}.js`)
      await show(form, input.value)
    } catch {
      output.textContent = failed
      button.disabled = false
    }
  })
  link.replaceWith(form)
}
