// A drawing with two axes, whose window on the data can change.
import { scale, set, svg } from "./figure.js"

const LEFT = 40
const TOP = 10
const BELOW = 24
const WIDTH = 320

// `x` and `y` are the window, `names` stand at the ends of the axes, `label` is what a
// screen reader hears. Returns the drawing; `clipped`, for what ends at the edges of the
// window; `over`, for handles; the map of both; and `show`, which changes the window.
export function plane({ id, x, y, height, names, label }) {
  const width = WIDTH - LEFT - 8
  const inner = height - TOP - BELOW
  const axes = svg("g")
  const clipped = svg("g", { "clip-path": `url(#${id})` })
  const over = svg("g")
  const map = {}
  const clip = svg("clipPath", { id }, svg("rect", { width, height: inner }))
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "group", "aria-label": label },
    svg("g", { transform: `translate(${LEFT} ${TOP})` }, clip, axes, clipped, over)
  )

  function show(x, y) {
    Object.assign(map, scale({ x, y, width, height: inner }))
    // At a corner would stand two numbers, or a number and a name.
    const inside = ([low, high]) => value => value < high - (high - low) / 14
    axes.replaceChildren(
      ...ticks(x).map(value => svg("path", { class: "tick", d: `M${map.x(value)} 0V${inner}` })),
      ...ticks(y).map(value => svg("path", { class: "tick", d: `M0 ${map.y(value)}H${width}` })),
      svg("path", { class: "axis", fill: "none", d: `M0 0V${inner}H${width}` }),
      ...ticks(x)
        .filter(inside(x))
        .map(value => text(map.x(value), inner + 17, "middle", written(value))),
      ...ticks(y)
        .filter(inside(y))
        .map(value => [map.y(value), written(value)])
        // A long number stands inside, on its line.
        .map(([y, n]) => (n.length < 5 ? text(-6, y + 4, "end", n) : text(4, y - 3, "start", n))),
      text(width, inner + 17, "end", names[0], "name"),
      text(-6, 8, "end", names[1], "name")
    )
    set(axes, { "aria-hidden": "true" })
  }

  show(x, y)
  return { drawing, clipped, over, map, show }
}

function text(x, y, anchor, content, style) {
  return svg("text", { x, y, "text-anchor": anchor, class: style }, content)
}

// Round numbers, four to seven in the window.
function ticks([low, high]) {
  const rough = (high - low) / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * [1, 2, 5, 10].find(n => n * power >= rough)
  const first = Math.ceil(low / step)
  const count = Math.floor(high / step) - first + 1
  return Array.from({ length: count }, (_, i) => (first + i) * step)
}

function written(value) {
  const round = Number(value.toPrecision(6))
  const text = Math.abs(round) < 1e4 ? `${round}` : round.toExponential().replace("+", "")
  return text.replace("-", "−")
}
