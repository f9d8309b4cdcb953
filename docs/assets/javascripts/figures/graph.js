// The drawing of backward.js: the graph of an expression, a box for each number and an
// arrow from each to what is computed from it.

import { number, set, svg } from "./figure.js"

// Numbers as short as they are: 3 and 12.25, with parentheses where a minus needs them.
export const short = value => number(value).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
export const term = value => short(value).replace(/^−.*/, "($&)")

const width = 320
const box = { width: 140, height: 50 }
const height = 412

// An arrow between two points, as the data of a path.
function arrow(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const wing = turn => `${to.x - 10 * Math.cos(angle + turn)} ${to.y - 10 * Math.sin(angle + turn)}`
  return `M${from.x} ${from.y}L${to.x} ${to.y}M${wing(0.45)}L${to.x} ${to.y}L${wing(-0.45)}`
}

// The drawing of an expression and its arrows; returns the <svg>, and `show`.
export function draw({ formulas, places }, arrows, label) {
  const rows = Math.max(...Object.values(places).map(([, row]) => row))
  const place = ([column, row]) => ({
    x: 80 + 160 * column,
    y: 30 + ((height - 60) * row) / rows
  })
  const drawing = svg("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label
  })
  const lines = arrows.map(({ from, to }) => {
    const [p, q] = [place(places[from]), place(places[to])]
    const shift = 0.2 * (q.x - p.x)
    const start = { x: p.x + shift, y: p.y + box.height / 2 + 2 }
    const end = { x: q.x - shift, y: q.y - box.height / 2 - 2 }
    const line = svg("path")
    const factor = svg("text", {
      class: "local",
      x: (start.x + end.x) / 2 + (shift > 0 ? -8 : 8),
      y: (start.y + end.y) / 2 + (shift ? 15 : 5),
      "text-anchor": shift > 0 ? "end" : "start"
    })
    drawing.append(line, factor)
    return { line, factor, start, end }
  })
  const boxes = Object.entries(places).map(([name, at]) => {
    const { x, y } = place(at)
    const [left, right] = [x - box.width / 2 + 10, x + box.width / 2 - 10]
    const formula = name in formulas ? `${name} = ${formulas[name].replace(" × ", "")}` : name
    const frame = svg("rect", { x: left - 10, y: y - box.height / 2, rx: 6, ...box })
    const data = svg("text", { class: "data", x: right, y: y - 5 })
    const grad = svg("text", { class: "grad", x: right, y: y + 16 })
    drawing.append(
      frame,
      svg("text", { class: "name", x: left, y: y - 5 }, formula),
      svg("text", { x: left, y: y + 16 }, "grad"),
      data,
      grad
    )
    return { name, frame, data, grad }
  })
  function show({ arrows, known, grads, node, edge }) {
    for (const { name, frame, data, grad } of boxes) {
      data.textContent = name in known ? short(known[name]) : ""
      grad.textContent = name in known ? short(grads[name]) : ""
      set(frame, { class: name === node ? "box current" : "box" })
    }
    arrows.forEach(({ to, local }, i) => {
      const { line, factor, start, end } = lines[i]
      const walked = i <= edge // then it points back
      set(line, {
        d: walked ? arrow(end, start) : arrow(start, end),
        class: `arrow${walked ? " walked" : ""}${i === edge ? " current" : ""}`
      })
      factor.textContent = to in known ? `×${term(local)}` : ""
    })
  }
  return { drawing, show }
}
