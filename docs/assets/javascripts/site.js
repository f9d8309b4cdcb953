// What the site does beyond Material. Everything here may be missing: the pages can be
// read, and the language switched, without a script.

// Each enhancement is a function of its own. What one of them needs a browser may lack,
// or deny: the others go on.
function enhance(start) {
  try { start() } catch (error) { console.warn(error) }
}

const root = document.documentElement

// A browser that translates a page changes its `lang` and its words, not our data.
const { language } = document.currentScript.dataset
root.dataset.language = language

// What the reader chose, kept for the whole site. Storage may be denied.
const recall = key => {
  try { return __md_get(key) } catch { return null }
}
const remember = (key, value) => {
  try { __md_set(key, value) } catch {}
}

// A module, fetched when it is first needed. Some browsers keep that a fetch has failed
// (whatwg/html#6768), so the next use asks under another address.
const failures = {}
async function load(name) {
  try {
    return await import(`./${name}.js${failures[name] ? `?${failures[name]}` : ""}`)
  } catch (error) {
    failures[name] = (failures[name] ?? 0) + 1
    throw error
  }
}

// Say in Material's dialog that something could not be fetched.
const LOST = {
  en: "This could not be loaded. Try again, or reload the page.",
  zh: "加载失败。请再试一次，或者刷新页面。"
}
let hiding
function tellLost(error) {
  console.warn(error)
  const dialog = document.querySelector(".md-dialog")
  dialog.firstElementChild.textContent = LOST[language]
  dialog.classList.add("md-dialog--active")
  clearTimeout(hiding)
  hiding = setTimeout(() => dialog.classList.remove("md-dialog--active"), 6000)
}

// A browser that translates the page leaves code, formulas and questions alone.
enhance(function keepCode() {
  for (const part of document.querySelectorAll("article :is(code, math), a[data-figure]"))
    part.setAttribute("translate", "no")
})

// --- The other language ------------------------------------------------------

// How the reader came: by a link, on the way back, or by loading anew. A browser that
// does not want to be recognized may not tell.
function arrival() {
  try { return performance.getEntriesByType("navigation")[0].type } catch { return "navigate" }
}

// What the reader chose: a language, or "both", which a link can ask for as well. On the
// way back, and when the page is loaded anew, what was chosen since counts.
const asked = arrival() === "navigate" && new URLSearchParams(location.search).has("both")
if (asked) remember("language", "both")
const chosen = asked ? "both" : recall("language")

// The heading the reader is at: the last one above the upper third of the window.
function currentHeading() {
  if (scrollY === 0) return undefined
  const headings = [...document.querySelectorAll("article :is(h2, h3, h4)[id]")]
  const above = heading => heading.getBoundingClientRect().top < innerHeight / 3
  return headings.filter(above).pop()
}

enhance(function switchAtTheHeading() {
  for (const link of document.querySelectorAll("a[data-language]"))
    for (const event of ["click", "auxclick"])
      link.addEventListener(event, () => {
        link.hash = currentHeading()?.id ?? ""
        remember("language", link.dataset.language)
        remember("declined", null)
      })
})

// The reader's language: what was chosen, else the first that the browser asks for and
// the site has. Who goes back has been here, and was asked.
enhance(function offerTheOther() {
  const languages = (navigator.languages ?? []).map(tag => tag.split("-")[0])
  const wanted = chosen ?? languages.find(tag => tag === "en" || tag === "zh")
  const offer = document.querySelector(`[data-offer="${wanted}"]`)
  if (!offer || recall("declined") === wanted || arrival() === "back_forward") return
  offer.hidden = false
  const hide = () => (offer.hidden = true)
  offer.querySelector("[data-decline]").addEventListener("click", () => {
    hide()
    remember("declined", wanted)
  })
  for (const link of document.querySelectorAll("a[data-language]"))
    link.addEventListener("click", hide)
})

// --- Both languages at once ----------------------------------------------------

enhance(function readBoth() {
  // The blocks of text in their order, before Material moves annotations into their code.
  const prose = document.querySelectorAll("[data-prose]")
  const choices = document.querySelectorAll(".language")
  if (!choices.length) return

  // The address says what is shown, for a bookmark or a friend.
  function tellAddress(choice) {
    const search = choice === "both" ? "?both" : ""
    try {
      history.replaceState(history.state, "", location.pathname + search + location.hash)
    } catch {} // a convenience
  }

  // Show this page in both languages, or in its own again.
  async function read(choice, asked) {
    try {
      const both = await load("both")
      if (!await both.read(choice === "both" && prose)) return
    } catch (error) {
      return tellLost(error)
    }
    for (const link of choices)
      if (link.dataset.language === choice) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    if (asked) tellAddress(choice)
  }

  for (const link of choices)
    link.addEventListener("click", event => {
      const choice = link.dataset.language
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      if (![language, "both"].includes(choice)) return
      event.preventDefault()
      if (link.hasAttribute("aria-current")) return
      read(choice, true)
    })
  if (chosen === "both") read("both")
  else if (new URLSearchParams(location.search).has("both")) tellAddress(chosen)
  addEventListener("pageshow", ({ persisted }) => {
    const choice = recall("language") === "both" ? "both" : language
    const shown = root.classList.contains("both") ? "both" : language
    if (persisted && choice !== shown) read(choice)
  })
})

// --- Cards of glossary terms ------------------------------------------------------

// The first mark of a term in each section can be reached by key. The cards are fetched
// when the reader asks for one. Its word is kept: a browser may translate what is seen.
enhance(function openCards() {
  for (const term of document.querySelectorAll("g-t")) term.dataset.word = term.textContent
  for (const term of document.querySelectorAll("g-t[f]")) {
    term.tabIndex = 0
    term.setAttribute("role", "term")
  }
  for (const type of ["mouseover", "focusin", "click"])
    document.querySelector("article").addEventListener(type, ({ target }) => {
      const term = target.closest("g-t")
      if (term) load("terms").then(cards => cards.ask(term, type)).catch(tellLost)
    })
})

// --- Figures that move --------------------------------------------------------

// Each is a module of its own, fetched by the pages that have it. The picture stays; where
// the module was lost, the room kept for the figure says so and offers to try again.
const AGAIN = { en: "Try again", zh: "再试一次" }
enhance(function moveFigures() {
  const show = image =>
    load(`figures/${image.dataset.figure}`)
      .then(figure => figure.default(image))
      .catch(error => {
        console.warn(error)
        const room = document.getElementById(`moving-${image.dataset.figure}`)
        const told = document.createElement("p")
        const again = document.createElement("button")
        told.textContent = LOST[language]
        again.textContent = AGAIN[language]
        again.className = "md-button"
        again.addEventListener("click", () => {
          room.replaceChildren()
          show(image)
        })
        room.replaceChildren(told, again)
      })
  document.querySelectorAll("img[data-figure]").forEach(show)
})

// A link to one that answers questions becomes a line to write into.
enhance(function askInALine() {
  for (const link of document.querySelectorAll("a[data-figure]"))
    load("figures/line").then(line => line.default(link, load)).catch(console.warn)
})
