// Fit the line: four points and a line to move, the loss under three yardsticks, and the
// best line for each.
import { both, button, handle, html, language, mount, number, set, steady, svg, table } from "./figure.js"
import { best, lesson, residuals, same, yardsticks } from "./misfit.js"
import { plane } from "./plane.js"

const names = {
  largest: { en: "largest residual", zh: "最大残差" },
  absolute: { en: "mean absolute residual", zh: "残差绝对值的均值" },
  squared: { en: "mean squared error", zh: "均方误差" }
}
const short = {
  largest: { en: "largest", zh: "最大残差" },
  absolute: { en: "absolute", zh: "绝对值" },
  squared: { en: "squared", zh: "平方" }
}
const words = {
  title: { en: "Fit the line", zh: "拟合直线" },
  help: {
    en: "Drag a point, or an end of the line. By key: Tab, then the arrow keys; with Shift, ten times as far.",
    zh: "拖动点，或者拖动直线的任意一端。用键盘时，按 Tab 选中，再按方向键；按住 Shift，一次移动十倍的距离。"
  },
  drawing: { en: "Points, line and residuals", zh: "点、直线和残差" },
  bars: { en: "Residuals", zh: "残差" },
  point: { en: "point", zh: "点" },
  on: { en: "on the line", zh: "直线的值" },
  line: { en: "this line", zh: "当前" },
  residual: { en: "residual", zh: "残差" },
  loss: { en: "loss", zh: "损失" },
  best: { en: "best", zh: "最优" },
  move: { en: "Show the best line by", zh: "选一把尺子，换成它的最优直线：" },
  reset: { en: "Reset", zh: "重置" },
  ends: { en: ["left end of the line", "right end of the line"], zh: ["直线左端", "直线右端"] }
}
// Yardsticks by which several lines are the best, each with whether its button has more.
const sharing = found => {
  const more = { en: " (press again for another)", zh: "（再按换一条）" }
  const list = language => found.map(({ name, again }) => short[name][language] + (again ? more[language] : ""))
  return {
    en: `Several lines have the lowest loss by: ${list("en").join(", ")}.`,
    zh: `最优直线不止一条：${list("zh").join("、")}。`
  }
}
const here = strings => strings[language]
const equation = (a, b) => `y = ${number(a)}x ${b < 0 ? "−" : "+"} ${number(Math.abs(b))}`
const tenth = value => Math.round(value * 10) / 10
const clamp = (value, [low, high]) => Math.min(Math.max(value, low), high)

// Where the line is held, and how far points may go.
const ENDS = [0, 5]
const ACROSS = [0.5, 4.5]
const UP = [-0.5, 11.5]

export default async function (image) {
  const { body, say } = await mount(image, words)
  const x = [-0.5, 5.5]
  const picture = plane({
    id: "fit-line", x, y: [-1, 12], height: 260, names: ["x", "y"], label: here(words.drawing)
  })
  const below = plane({
    id: "fit-residuals", x, y: [-1.1, 1.1], height: 120, names: ["x", "r"], label: here(words.bars)
  })
  let { points, a, b } = structuredClone(lesson)

  const mark = style =>
    svg("g", {}, svg("circle", { class: "ring", r: 20 }), svg("circle", { class: style, r: 6 }))
  const line = svg("path", { class: "c0 stroke" })
  const bar = () => svg("path", { class: "c4 stroke bar" })
  const bars = points.map(bar)
  const barsBelow = points.map(bar)
  const ends = ENDS.map(() => mark("c0 hollow"))
  const dots = points.map(() => mark("c1"))
  picture.clipped.append(...bars, line)
  picture.over.append(...ends, ...dots)
  below.clipped.append(...barsBelow)

  const formula = html("p", { class: "fit__formula" })
  const misses = table(
    [both(words.point), both(words.on), both(words.residual)],
    points.map(() => ["", "", ""])
  )
  const losses = table(
    [both(words.loss), both(words.line), both(words.best)],
    yardsticks.map(({ name }) => [both(names[name]), "", ""])
  )
  const note = html("p", { class: "moving__help" })
  const longest = both(sharing(Object.keys(names).map(name => ({ name, again: true }))))
  const controls = html(
    "div",
    { class: "moving__controls", role: "group", "aria-labelledby": "fit-move" },
    html("span", { id: "fit-move" }, both(words.move)),
    ...yardsticks.map(yardstick => button(both(short[yardstick.name]), () => take(yardstick))),
    button(both(words.reset), () => put(structuredClone(lesson)))
  )
  body.classList.add("fit")
  body.append(
    html("div", {}, picture.drawing, below.drawing),
    controls,
    html("div", {}, formula, misses, losses, steady(note, html("p", { class: "moving__help" }, longest)))
  )

  // Where an end of the line is held: at its x, or where the line leaves the picture.
  function end(x) {
    const y = clamp(a * x + b, UP)
    return y === a * x + b ? { x, y } : { x: (y - b) / a, y }
  }

  const common = { drawing: picture.over, map: picture.map, step: 0.1 }
  const tell = [
    ...ENDS.map((x, i) =>
      handle(ends[i], {
        ...common,
        at: () => end(x),
        label: here(words.ends)[i],
        value: () => `y ${number(end(x).y, 1)}`,
        upright: true,
        to({ y }) {
          const held = end(ENDS[1 - i])
          a = (clamp(tenth(y), UP) - held.y) / (x - held.x)
          b = held.y - a * held.x
          changed()
        }
      })
    ),
    ...points.map((_, i) =>
      handle(dots[i], {
        ...common,
        at: () => ({ x: points[i][0], y: points[i][1] }),
        label: `${here(words.point)} ${i + 1}`,
        value: () => `x ${number(points[i][0], 1)}, y ${number(points[i][1], 1)}`,
        to({ x, y }) {
          points[i] = [clamp(tenth(x), ACROSS), clamp(tenth(y), UP)]
          changed()
        }
      })
    )
  ]

  function take(yardstick) {
    const { lines } = best(yardstick, points)
    const now = lines.findIndex(line => same(line[0], a) && same(line[1], b))
    const [next] = lines.slice((now + 1) % lines.length)
    put({ points, a: next[0], b: next[1] })
  }

  function put(state) {
    ;({ points, a, b } = state)
    for (const each of tell) each()
    changed()
  }

  function changed() {
    draw()
    const measured = yardsticks.map(f => `${here(names[f.name])} ${number(f(a, b, points))}`)
    say([equation(a, b), ...measured].join(here({ en: ", ", zh: "，" })))
  }

  function draw() {
    const at = (x, y) => `${picture.map.x(x)} ${picture.map.y(y)}`
    set(line, { d: `M${at(-1, b - a)}L${at(6, 6 * a + b)}` })
    ENDS.map(end).forEach(({ x, y }, i) => set(ends[i], { transform: `translate(${at(x, y)})` }))
    const r = residuals(a, b, points)
    const height = [1, 2, 5, 10, 20].find(height => r.every(r => Math.abs(r) <= height)) ?? 50
    below.show(x, [-1.1 * height, 1.1 * height])
    points.forEach(([x, y], i) => {
      set(dots[i], { transform: `translate(${at(x, y)})` })
      set(bars[i], { d: `M${at(x, y)}L${at(x, y - r[i])}` })
      set(barsBelow[i], { d: `M${below.map.x(x)} ${below.map.y(0)}V${below.map.y(r[i])}` })
      write(misses, i, [`(${x}, ${y})`.replace("-", "−"), number(a * x + b), number(r[i])])
    })
    formula.textContent = equation(a, b)
    const several = []
    yardsticks.forEach((yardstick, i) => {
      const { loss, lines, ...found } = best(yardstick, points)
      write(losses, i, [null, number(yardstick(a, b, points)), number(loss)])
      if (found.several) several.push({ name: yardstick.name, again: lines.length > 1 })
    })
    note.replaceChildren(several.length ? both(sharing(several)) : "")
  }

  draw()
}

function write(table, row, cells) {
  cells.forEach((text, i) => {
    if (text !== null) table.tBodies[0].rows[row].cells[i].textContent = text
  })
}
