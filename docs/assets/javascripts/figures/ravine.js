// Three optimizers walk down one ravine; their settings and their start can be changed.

import { both, button, handle, html, language, mount, number, scale, set, slider, steady, still, svg, table } from "./figure.js"
import { adam, momentum, ravine, sgd, stepsNeeded, walk } from "./optimizers.js"

const LIMIT = 1000
const lesson = {
  start: [-4, 0.5],
  sgd: { lr: 0.019 },
  momentum: { lr: 0.01, mu: 0.9 },
  adam: { lr: 0.5, beta1: 0.9, beta2: 0.999 }
}
const rules = { sgd, momentum, adam }
const names = {
  sgd: { en: "SGD", zh: "SGD" },
  momentum: { en: "Momentum", zh: "动量" },
  adam: { en: "Adam", zh: "Adam" }
}
const words = {
  title: { en: "Three optimizers in the ravine", zh: "三种优化器走峡谷" },
  help: {
    en: "The ring is where all three start: drag it, or move it with the arrow keys. Steps needed are those until the loss stays below 0.001, at most 1,000.",
    zh: "空心圆是共同的起点，可以拖动，也可以用方向键移动。“所需步数”指走多少步之后，损失降到 0.001 以下，而且不再涨回来；最多走 1,000 步。"
  },
  step: { en: "Step", zh: "走一步" },
  run: { en: "Run", zh: "走到底" },
  pause: { en: "Pause", zh: "暂停" },
  reset: { en: "Reset", zh: "重置" },
  start: { en: "Starting point", zh: "起点" },
  loss: { en: "Loss", zh: "损失" },
  needed: { en: "Steps needed", zh: "所需步数" },
  none: { en: "none", zh: "没走到" },
  after: steps => ({
    en: `After ${steps} ${steps === 1 ? "step" : "steps"}`,
    zh: `第 ${steps} 步`
  }),
  lr: { en: "Learning rate", zh: "学习率" }
}

// Positions of the slider of a learning rate: 0.001, 0.0011 … 0.0099, 0.01, 0.011 …
const rate = position => Number(`${10 + (position % 90)}e${Math.floor(position / 90) - 4}`)
const position = lr => {
  const [mantissa, exponent] = lr.toExponential(1).split("e")
  return 90 * (Number(exponent) + 3) + Math.round(10 * mantissa) - 10
}
const rates = { sgd: [0.001, 0.1], momentum: [0.001, 0.1], adam: [0.01, 10] }
const others = {
  mu: { label: "μ", min: 0, max: 0.99, step: 0.01, digits: 2 },
  beta1: { label: "β₁", min: 0, max: 0.99, step: 0.01, digits: 2 },
  beta2: { label: "β₂", min: 0.9, max: 0.999, step: 0.001, digits: 3 }
}

const brief = value => number(value).replace("e+", "e")

const area = { width: 208, height: 116 }
const map = scale({ x: [-5, 2], y: [-0.8, 0.8], ...area })
const point = ([a, b]) => `${map.x(a).toFixed(2)} ${map.y(b).toFixed(2)}`
const star = Array.from({ length: 10 }, (_, i) => {
  const [radius, angle] = [i % 2 ? 3 : 7.5, (i * Math.PI) / 5]
  return `${map.x(0) + radius * Math.sin(angle)},${map.y(0) - radius * Math.cos(angle)}`
}).join(" ")

// The drawing of one walk; returns its element and `show(path, steps)`.
function panel(name, start, move) {
  const line = svg("path", { class: "line" })
  const dots = svg("path", { class: "dots" })
  const here = svg("circle", { class: "here", r: 4 })
  const begin = svg("g", {}, svg("circle", { class: "ring", r: 20 }), svg("circle", { class: "begin", r: 6 }))
  const plot = svg("g", { transform: "translate(38 6)" },
    svg("clipPath", { id: `ravine-${name}` }, svg("rect", area)),
    ...[-4, -2, 0, 2].map(a => svg("text", { x: map.x(a), y: 134, "text-anchor": "middle" }, number(a, 0))),
    ...[-0.5, 0, 0.5].map(b => svg("text", { x: -5, y: map.y(b) + 5, "text-anchor": "end" }, number(b, 1))),
    svg("text", { class: "name", x: map.x(-1), y: 134, "text-anchor": "middle" }, "a"),
    svg("text", { class: "name", x: -9, y: map.y(0.25) + 5, "text-anchor": "end" }, "b"),
    svg("g", { "clip-path": `url(#ravine-${name})` },
      ...[0.1, 1, 6, 20].map(loss => {
        const rx = map.x(Math.sqrt(2 * loss)) - map.x(0) // a² = 2L, and 100 b² = 2L
        const ry = map.y(0) - map.y(Math.sqrt(2 * loss) / 10)
        return svg("ellipse", { class: "contour", cx: map.x(0), cy: map.y(0), rx, ry })
      }),
      svg("polygon", { class: "star", points: star }),
      line, dots, here),
    svg("rect", { class: "frame", ...area }),
    begin)
  const drawing = svg("svg", { viewBox: "0 0 250 146", role: "group", "aria-label": names[name][language] }, plot)
  const value = () => `a ${number(start()[0], 2)}, b ${number(start()[1], 2)}`
  const moved = handle(begin, {
    drawing: plot, map, step: 0.05, label: words.start[language], value,
    at: () => ({ x: start()[0], y: start()[1] }),
    to: move
  })
  function show(path, steps) {
    // A walk that has left the picture by so much is not drawn further.
    const far = path.findIndex(([a, b]) => !(Math.abs(a) < 100 && Math.abs(b) < 100))
    const shown = path.slice(0, Math.min(steps + 1, far < 0 ? Infinity : far)).map(point)
    set(line, { d: `M${shown.join("L")}` })
    set(dots, { d: shown.map(p => `M${p}h0`).join("") })
    const [x, y] = shown.at(-1).split(" ")
    set(here, { cx: x, cy: y })
    set(begin, { transform: `translate(${point(start())})` })
    moved()
  }
  return { drawing, show }
}

export default async function mountRavine(image) {
  const { body, say } = await mount(image, words)
  const keys = Object.keys(rules)
  let settings = structuredClone(lesson)
  let steps = 40 // as many as the lesson draws
  let frame = null
  const paths = {}
  const needed = {}

  function compute(changed = keys) {
    for (const name of changed) {
      paths[name] = walk(rules[name], settings[name], LIMIT, settings.start)
      needed[name] = stepsNeeded(paths[name])
    }
    redraw(changed)
  }

  function redraw(changed = keys) {
    for (const name of changed) {
      const w = paths[name][steps]
      const [a, b, loss, count] = cells[name]
      a.textContent = brief(w[0])
      b.textContent = brief(w[1])
      loss.textContent = brief(ravine(w))
      count.replaceChildren(needed[name] === null ? both(words.none) : String(needed[name]))
      panels[name].show(paths[name], steps)
    }
    taken.replaceChildren(both(words.after(steps)))
  }

  // Tell a screen reader one thing of all three.
  function tell(what, value) {
    const all = keys.map(name => `${names[name][language]} ${value(name)}`)
    const zh = language === "zh"
    say(`${what}${zh ? "：" : ": "}${all.join(zh ? "，" : ", ")}`)
  }
  const tellNeeded = () =>
    tell(words.needed[language], name => needed[name] ?? words.none[language])
  const tellLoss = () =>
    tell(`${words.after(steps)[language]}${language === "zh" ? "，损失" : ", loss"}`, name =>
      brief(ravine(paths[name][steps]))
    )

  function move({ x, y }) {
    const inside = (value, low, high) => Number(Math.min(Math.max(value, low), high).toFixed(2))
    settings.start = [inside(x, -5, 2), inside(y, -0.8, 0.8)]
    compute()
    tellNeeded()
  }

  // Until all three have arrived, or as far as is counted.
  const end = () => (keys.every(name => needed[name] !== null) ? Math.max(...Object.values(needed)) : LIMIT)

  function go(to) {
    steps = Math.min(to, LIMIT)
    redraw()
  }

  function stop() {
    cancelAnimationFrame(frame)
    frame = null
    run.replaceChildren(both(words.run))
    tellLoss()
  }

  function runAll() {
    if (frame) return stop()
    if (steps >= end()) steps = 0
    if (still.matches) {
      go(end())
      return tellLoss()
    }
    run.replaceChildren(both(words.pause))
    frame = requestAnimationFrame(function tick() {
      go(steps + 1)
      if (steps < end()) frame = requestAnimationFrame(tick)
      else stop()
    })
  }

  // The sliders of one rule, as they stand in `settings`.
  function knobs(name) {
    const change = key => value => {
      settings[name][key] = value
      compute([name])
      tellNeeded()
    }
    const { lr, ...rest } = settings[name]
    const [low, high] = rates[name]
    return html("fieldset", {}, html("legend", {}, both(names[name])),
      slider({
        label: both(words.lr), min: position(low), max: position(high), step: 1, value: position(lr),
        text: at => String(rate(at)), change: at => change("lr")(rate(at))
      }),
      ...Object.keys(rest).map(key => slider({ ...others[key], value: rest[key], change: change(key) })))
  }

  const panels = Object.fromEntries(keys.map(name => [name, panel(name, () => settings.start, move)]))
  const rows = ["a", "b", both(words.loss), both(words.needed)]
  const taken = html("span")
  const cells = Object.fromEntries(keys.map(name => [name, rows.map(() => html("span"))]))
  const run = button(both(words.run), runAll)
  const reset = () => {
    settings = structuredClone(lesson)
    steps = 0
    for (const name of keys) sliders[name].replaceChildren(knobs(name))
    compute()
    stop()
  }
  const sliders = Object.fromEntries(keys.map(name => [name, html("div", {}, knobs(name))]))
  body.classList.add("ravine")
  body.append(
    html("div", { class: "ravine__three" },
      ...keys.map(name =>
        html("div", {}, html("p", { "aria-hidden": "true" }, both(names[name])), panels[name].drawing, sliders[name]))),
    html("div", { class: "moving__controls" },
      button(both(words.step), () => (go(steps + 1), stop())), run, button(both(words.reset), reset)),
    table([steady(taken, html("span", {}, both(words.after(LIMIT)))), ...keys.map(name => both(names[name]))],
      rows.map((row, i) => [row, ...keys.map(name => cells[name][i])]))
  )
  compute()
}
