// What the figures that move have in common: where they stand, their text in both
// languages, what can be dragged or moved by key, and what a screen reader hears.

import { sheet } from "../fetching.js"

export const { language } = document.documentElement.dataset

// Make an HTML element. Attributes that begin with "on" are listeners.
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

// Make an SVG element.
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
  if (tag === "svg") set(element, { translate: "no" }) // HTML inside would not be drawn
  return fill(element, attributes, children)
}

function fill(element, attributes, children) {
  set(element, attributes)
  element.append(...children)
  return element
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value)
    else if (value === false || value == null) element.removeAttribute(name)
    else element.setAttribute(name, value === true ? "" : value)
}

// A text of both languages, {en, zh}: the page's own, and the other one for readers of
// both, shown by the style sheet. A name that both languages share stands once.
export function both(strings) {
  const other = language === "en" ? "zh" : "en"
  const fragment = document.createDocumentFragment()
  if (strings.en === strings.zh) {
    fragment.append(strings.en)
    return fragment
  }
  fragment.append(
    html("span", { lang: language }, strings[language]),
    html("span", { lang: other, class: "other" }, strings[other])
  )
  return fragment
}

// A number as the lessons print it, with a real minus sign.
export function number(value, digits = 4) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–"
  const large = Math.abs(value) >= 1e6
  const text = large ? value.toExponential(2) : value.toFixed(digits)
  return text.replace(/^-(?=[0.]*$)/, "").replace(/-/g, "−")
}

// Whether the reader asked the system for less motion.
export const still = matchMedia("(prefers-reduced-motion: reduce)")

// Fill the room that the page keeps for a figure at the end of the section in which its
// static picture stands, or the place of a line to write into.
// `title` and `help` are {en, zh}; returns its body, and `say`, which tells a screen
// reader the text that is given, once the reader has stopped changing things.
export async function mount(image, { title, help }) {
  await sheet("figures").catch(() => {}) // unstyled it can still be used
  const id = `moving-${image.dataset.figure}`
  const body = html("div", { class: "moving__body" })
  const status = html("p", { class: "moving__status", role: "status" })
  const section = image.matches("form")
    ? html("section", { class: "moving", id })
    : document.getElementById(id)
  set(section, { "aria-labelledby": `${id}-title` })
  section.append(
    html("p", { class: "moving__title", id: `${id}-title` }, both(title)),
    html("p", { class: "moving__help" }, both(help)),
    body,
    status
  )
  if (image.matches("form")) image.replaceWith(section)
  // Material's "Back to top" would lie under the finger that drags.
  const { classList } = document.documentElement
  if (window.IntersectionObserver)
    new IntersectionObserver(([{ isIntersecting }]) =>
      classList.toggle("at-figure", isIntersecting)
    ).observe(section)
  let timer
  function say(text) {
    clearTimeout(timer)
    timer = setTimeout(() => (status.textContent = text), 400)
  }
  return { section, body, say }
}

// An element whose content changes, with room for the longest that comes: nothing below it
// moves. `longest` are elements of the same kind, which nobody sees.
export function steady(element, ...longest) {
  return html("div", { class: "steady" }, element, ...longest)
}

// A map from data to the drawing: x to the right, y upwards.
export function scale({ x: [x0, x1], y: [y0, y1], width, height, margin = 0 }) {
  const sx = (width - 2 * margin) / (x1 - x0)
  const sy = (height - 2 * margin) / (y1 - y0)
  return {
    x: x => margin + (x - x0) * sx,
    y: y => height - margin - (y - y0) * sy,
    fromX: px => x0 + (px - margin) / sx,
    fromY: py => y0 + (height - margin - py) / sy
  }
}

// Let an element of a drawing be moved by pointer, finger and arrow keys.
//   element   the handle: an SVG element, made focusable here
//   drawing   the <svg> in whose coordinates it moves
//   at        () => {x, y} in data
//   to        ({x, y}) => void: move it there; it may clamp or round
//   map       what scale() returned
//   step      how far an arrow key moves it, in data; ten times with Shift
//   upright   whether it moves up and down only; then the keys to the sides do so too
//   label     its name, and `value` () => its position in words
// Returns a function to call when something else has moved it.
export function handle(element, { drawing, at, to, map, step, upright, label, value }) {
  const tell = () => set(element, { "aria-valuetext": value(), "aria-valuenow": at().y })
  set(element, {
    class: "moving__handle",
    tabindex: 0,
    role: "slider",
    "aria-label": label,
    // Chromium does not heed touch-action inside a drawing, and would scroll the page.
    ontouchstart: event => event.preventDefault(),
    onpointerdown(event) {
      element.setPointerCapture(event.pointerId)
      element.focus({ preventScroll: true })
      event.preventDefault()
    },
    onpointermove(event) {
      if (!element.hasPointerCapture(event.pointerId)) return
      const point = new DOMPoint(event.clientX, event.clientY)
      const { x, y } = point.matrixTransform(drawing.getScreenCTM().inverse())
      to({ x: map.fromX(x), y: map.fromY(y) })
      tell()
    },
    onkeydown(event) {
      const up = [0, 1]
      const down = [0, -1]
      const sides = upright ? [down, up] : [[-1, 0], [1, 0]]
      const moves = { ArrowLeft: sides[0], ArrowRight: sides[1], ArrowUp: up, ArrowDown: down }
      const far = { PageUp: up, PageDown: down, Home: sides[0], End: sides[1] }
      const { key } = event
      const move = moves[key] ?? far[key]
      if (!move) return
      event.preventDefault()
      // Home and End lead as far as it goes.
      const times = /Home|End/.test(key) ? 1000 : far[key] || event.shiftKey ? 10 : 1
      const [dx, dy] = move.map(d => d * step * times)
      const { x, y } = at()
      to({ x: x + dx, y: y + dy })
      tell()
    }
  })
  tell()
  return tell
}

// A labelled slider, with its value beside it: to so many digits, or what `text` makes of
// it. Returns the <label>, its `input` inside.
export function slider({ label, min, max, step, value, digits, text, change }) {
  text ??= value => number(value, digits)
  // Hidden, because the slider says its value itself.
  const shown = html("output", { "aria-hidden": "true" }, text(value))
  const input = html("input", {
    type: "range", min, max, step, value, "aria-valuetext": text(value),
    oninput() {
      shown.textContent = text(input.valueAsNumber)
      set(input, { "aria-valuetext": shown.textContent })
      change(input.valueAsNumber)
    }
  })
  return html("label", { class: "moving__slider" }, html("span", {}, label), input, shown)
}

// A button; returns it.
export function button(label, onclick) {
  return html("button", { type: "button", class: "md-button", onclick }, label)
}

// A table of values that change: rows of [name, cell…]; `head` is optional.
export function table(head, rows) {
  const line = (tag, cells) => html("tr", {}, ...cells.map(cell => html(tag, {}, cell)))
  return html(
    "table",
    { class: "moving__table" },
    ...(head ? [html("thead", {}, line("th", head))] : []),
    html(
      "tbody",
      {},
      ...rows.map(([name, ...cells]) =>
        html("tr", {}, html("th", { scope: "row" }, name), ...cells.map(c => html("td", {}, c)))
      )
    )
  )
}
