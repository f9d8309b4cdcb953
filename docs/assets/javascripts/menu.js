// The menu of a narrow window, by key. Material's is made of labels, which no key reaches,
// and of panels that can be reached although they are hidden. Fetched by narrow windows.

const drawer = document.getElementById("__drawer")
const bar = document.querySelector(".md-sidebar--primary")
const nav = bar.querySelector(".md-nav--primary")
const toggles = [...nav.querySelectorAll(".md-nav__toggle")] // from the outermost inwards
const beside = "[data-md-component=skip], .md-header, .md-content, .md-footer, .md-top, .offer"

const panelOf = toggle => toggle.parentElement.querySelector(":scope > .md-nav")
const shown = () => toggles.filter(toggle => toggle.checked).map(panelOf).pop() ?? nav

export default function (narrow) {
  const menu = button(document.querySelector("label.md-header__button[for=__drawer]"))
  menu.setAttribute("aria-label", nav.getAttribute("aria-label"))

  function update() {
    const open = drawer.checked && narrow.matches
    menu.setAttribute("aria-expanded", open)
    for (const element of document.querySelectorAll(beside)) element.inert = open
    const panel = shown()
    for (const item of nav.querySelectorAll(".md-nav, .md-nav__title, .md-nav__list > li > *"))
      item.inert = narrow.matches && item.closest(".md-nav") !== panel && !item.contains(panel)
    for (const toggle of toggles) toggle.button?.setAttribute("aria-expanded", toggle.checked)
  }

  menu.addEventListener("click", () => {
    drawer.click()
    if (drawer.checked) enter()
  })
  drawer.addEventListener("change", update)
  narrow.addEventListener("change", update)

  for (const toggle of toggles) {
    const [opens, closes] = nav.querySelectorAll(`label[for="${toggle.id}"]`)
    toggle.button = button(opens)
    if (!toggle.button.textContent.trim())
      toggle.button.setAttribute("aria-label", closes.textContent.trim())
    for (const each of [toggle.button, button(closes)])
      each.addEventListener("click", () => toggle.click())
    toggle.addEventListener("change", () => {
      update()
      if (toggle.checked) enter()
      else toggle.button.focus({ preventScroll: true })
    })
  }

  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked || !narrow.matches) return
    drawer.click()
    menu.focus()
  })
  document.querySelector(".md-overlay").addEventListener("click", () => setTimeout(() => menu.focus()))
  update()
}

// Into the panel that is shown: to what closes it, or else to its first link.
function enter() {
  const [first] = [...shown().querySelectorAll("button, .md-nav__link:is(a)")]
    .filter(element => !element.closest("[inert]"))
  first.focus({ preventScroll: true })
}

// Put what a label shows into a button, which keys reach.
function button(label) {
  const made = document.createElement("button")
  made.type = "button"
  made.append(...label.childNodes)
  if (label.closest(".md-header")) {
    made.className = `${label.className} menu`
    label.replaceWith(made)
  } else label.append(made)
  return made
}
