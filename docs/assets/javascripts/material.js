// What Material's script leaves undone; runs before it, and after site.js, whose names it uses.

// It asks for the sitemap behind every link to another language. It runs after this
// script; until the page has loaded, it finds none.
enhance(function hideAlternates() {
  const alternates = document.querySelectorAll("link[rel=alternate]")
  for (const link of alternates) link.rel = "alternate "
  addEventListener("load", () => {
    for (const link of alternates) link.rel = "alternate"
  })
})

// It starts a worker for search with every page. In its place it gets this, which starts
// ours when search is first used, and anew after it was lost.
enhance(function searchWhenAsked() {
  const RealWorker = window.Worker
  const script = new URL("search.js", document.currentScript.src)
  const box = document.querySelector(".md-search__input")
  const READY = 1, QUERY = 2, RESULT = 3 // types of messages
  const search = new EventTarget()
  let worker

  const told = document.querySelector(".md-search-result__meta")
  const preparing = told.textContent
  let waiting // the last question, until it is answered
  let slow
  const tell = data => search.dispatchEvent(new MessageEvent("message", { data }))
  const tellNothing = () => setTimeout(() => tell({ type: RESULT, data: { items: [] } }))
  function tellFailed() {
    clearTimeout(slow)
    if (waiting) told.textContent = LOST[language] // of what nobody asked yet, nothing is told
  }

  // Fetch what is needed to search in the languages that are shown.
  function wake() {
    if (!worker) {
      worker = new RealWorker(script, { type: "module" })
      worker.onmessage = ({ data }) => {
        if (data.type === "failed") return tellFailed()
        clearTimeout(slow)
        waiting = undefined
        tell(data)
      }
      worker.onerror = () => {
        worker = undefined
        tellFailed()
      }
    }
    const other = language === "en" ? "zh" : "en"
    const both = root.classList.contains("both")
    worker.postMessage({ type: "languages", data: both ? [language, other] : [language] })
  }

  search.postMessage = ({ type, data }) => {
    if (type !== QUERY) return
    waiting = data.trim() && data
    clearTimeout(slow)
    if (!waiting) return tellNothing()
    wake()
    worker.postMessage({ type, data })
    slow = setTimeout(() => (told.textContent = preparing), 300)
  }
  window.Worker = function () {
    setTimeout(() => tell({ type: READY })) // once Material listens
    return search
  }

  // The index is asked for as soon as search is opened, before the first letter. Material
  // listens for keys; a word that is pasted, or that an input method writes, has none.
  const askAgain = () => waiting && search.postMessage({ type: QUERY, data: waiting })
  box.addEventListener("focus", () => {
    wake()
    if (box.value) askAgain()
    else tellNothing() // which says what to do
  })
  addEventListener("online", askAgain)
  box.addEventListener("input", () => box.dispatchEvent(new Event("keyup")))
})

// What scrolls inside itself can be reached, and so scrolled, by key.
enhance(function reachScrollers() {
  function reach() {
    for (const box of document.querySelectorAll(
      "article :is(pre > code, .formula, .md-typeset__scrollwrap)"
    ))
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
      else box.removeAttribute("tabindex")
  }
  addEventListener("load", reach)
  addEventListener("resize", reach)
})

// On a narrow window the menu opens by a label, which no key reaches.
enhance(function openMenuByKey() {
  const narrow = matchMedia("(max-width: 76.2344em)")
  const start = () =>
    narrow.matches && load("menu").then(menu => menu.default(narrow), console.warn)
  if (narrow.matches) start()
  else narrow.addEventListener("change", start, { once: true })
})

// The bar with the copy button is no landmark, nor is an annotation, which needs a name.
// Material makes them when code comes into view.
enhance(function nameWhatMaterialMakes() {
  new MutationObserver(() => {
    for (const bar of document.querySelectorAll(".md-code__nav:not([role])"))
      bar.setAttribute("role", "none")
    for (const mark of document.querySelectorAll(".md-annotation:not([role])")) {
      const link = mark.querySelector(".md-annotation__index")
      const name = mark.querySelector("[data-md-annotation-id]").dataset.mdAnnotationId
      mark.setAttribute("role", "note")
      for (const part of [mark, link]) part.setAttribute("aria-label", name)
    }
  }).observe(document.querySelector("article"), { childList: true, subtree: true })
  // "Copied to clipboard" is said aloud.
  document.querySelector(".md-dialog").setAttribute("role", "status")
})

// Code that is selected and copied comes without the marks of its annotations.
enhance(function copyCode() {
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
})

// Paper is light.
enhance(function printInLight() {
  const { dataset } = document.body
  let scheme
  addEventListener("beforeprint", () => {
    scheme = dataset.mdColorScheme
    dataset.mdColorScheme = "default"
  })
  addEventListener("afterprint", () => (dataset.mdColorScheme = scheme))
})
