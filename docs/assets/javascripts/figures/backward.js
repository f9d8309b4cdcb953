// The backward pass of a small expression, one arrow at a time.

import { Value } from "./engine.js"
import { both, button, html, language, mount, number, set, slider, steady, still, table } from "./figure.js"
import { draw, short, term } from "./graph.js"

// `formulas` are those of the results, in the order of the program; `places` are columns
// and rows.
const expressions = {
  "L = (ax + b − y)²": {
    start: { a: 1, b: 0.5, x: 3, y: 7 },
    formulas: { u: "a × x", v: "u + b", e: "v − y", L: "e²" },
    places: { a: [0, 0], b: [1, 1], u: [0, 1], v: [0, 2], e: [0, 3], L: [0, 4] },
    values(a, b, { x, y }) {
      const u = a.mul(x)
      const v = u.add(b)
      const e = v.add(-y)
      const L = e.pow(2)
      return { a, b, u, v, e, L }
    }
  },
  "c = ab, L = ca + c": {
    start: { a: 2, b: 3 },
    formulas: { c: "a × b", d: "c × a", L: "d + c" },
    places: { a: [0, 0], b: [1, 0], c: [1, 1], d: [0, 2], L: [1, 3] },
    values(a, b) {
      const c = a.mul(b)
      const d = c.mul(a)
      const L = d.add(c)
      return { a, b, c, d, L }
    }
  }
}
const ranges = { a: [5, 0.1], b: [5, 0.1], x: [5, 0.5], y: [10, 0.5] }

const words = {
  title: { en: "Backward, step by step", zh: "反向传播，一步一步走" },
  help: {
    en: "Next computes one number; after L, it walks back over one arrow. The blue number on an arrow is the local derivative, the orange one in a box is the gradient. The sliders can be moved at any step.",
    zh: "按“下一步”，每次算出一个数；算完 L，每次沿一个箭头往回走。箭头旁的蓝字是局部导数，框里的橙字是梯度。滑块随时可以拖。"
  },
  expression: { en: "Expression", zh: "表达式" },
  graph: { en: "The graph; its numbers are in the table", zh: "计算图，图中的数都列在表里" },
  back: { en: "Back", zh: "上一步" },
  next: { en: "Next", zh: "下一步" },
  run: { en: "Run all", zh: "走到底" },
  pause: { en: "Pause", zh: "暂停" },
  reset: { en: "Reset", zh: "重置" },
  head: [{ en: "Name", zh: "名称" }, { en: "Value", zh: "数值" }, { en: "Gradient", zh: "梯度" }],
  given: { en: "a and b are given. Next computes the first result.", zh: "a 和 b 已经给定。按“下一步”，算出第一个结果。" },
  seed: {
    en: "Backward: the gradient of L is 1, because L changes as much as L.",
    zh: "反向传播从 L 开始：L 对自己的导数是 1，所以梯度是 1。"
  }
}

// What is known after some steps, and what the last of them did: first the results, then
// the 1 at L, then the arrows.
function after(step, { nodes, arrows, results }) {
  const edge = step - results.length - 2
  const missing = results.slice(step)
  const known = {}
  const grads = {}
  for (const [name, { data }] of Object.entries(nodes)) {
    if (!missing.includes(name)) known[name] = data
    grads[name] = name === "L" && edge >= -1 ? 1 : 0
  }
  for (const { from, before, share } of arrows.slice(0, Math.max(edge + 1, 0)))
    grads[from] = before + share
  const node = edge >= 0 ? arrows[edge].from : edge === -1 ? "L" : results[step - 1]
  return { step, last: results.length + 1 + arrows.length, arrows, known, grads, edge, node }
}

// The last step in words, line by line; a formula is the same in both languages.
function tell({ step, last, arrows, known, grads, edge, node }, formulas, inputs) {
  if (step === 0) return [words.given]
  if (edge === -1) return [words.seed]
  if (edge < -1) {
    const numbers = formulas[node].replace(/([a-z])(²?)/g, (_, name, power, at) =>
      (at || power ? term : short)({ ...inputs, ...known }[name]) + power
    )
    const formula = `${node} = ${formulas[node]} = ${numbers} = ${short(known[node])}`
    return [{ en: "Forward:", zh: "前向传播：", formula }]
  }
  const { from, to, local, share, before } = arrows[edge]
  const lines = [
    { en: `Backward, from ${to} to ${from}.`, zh: `反向传播，从 ${to} 到 ${from}。` },
    {
      en: `Gradient of ${to} × local derivative:`,
      zh: `${to} 的梯度 × 局部导数：`,
      formula: `${short(grads[to])} × ${term(local)} = ${short(share)}`
    },
    {
      en: `Added to the gradient of ${from}:`,
      zh: `加到 ${from} 的梯度上：`,
      formula: `${short(before)} + ${term(share)} = ${short(before + share)}`
    }
  ]
  const [a, b] = [short(grads.a), short(grads.b)]
  if (step === last)
    lines.push({
      en: `Done: the gradient of a is ${a}, that of b ${b}.`,
      zh: `走完了：a 的梯度是 ${a}，b 的梯度是 ${b}。`
    })
  return lines
}

const paragraph = text => html("p", {}, both(text), html("b", {}, text.formula ?? ""))

export default async function backward(image) {
  const { body, say } = await mount(image, words)
  const names = Object.keys(expressions)
  const start = () => names.map(name => ({ ...expressions[name].start }))
  let inputs = start() // of each expression
  let chosen = 0
  let step = 0
  let computed, show, cells, timer

  // Everything that follows from the inputs; the steps only show it.
  function compute() {
    const { a, b, ...plain } = inputs[chosen]
    const { values, formulas } = expressions[names[chosen]]
    const nodes = values(new Value(a), new Value(b), plain)
    const name = new Map(Object.entries(nodes).map(([name, value]) => [value, name]))
    const arrows = nodes.L.backward()
      .filter(({ parent }) => name.has(parent)) // plain numbers are not drawn
      .map(share => ({ ...share, from: name.get(share.parent), to: name.get(share.value) }))
    computed = { nodes, arrows, results: Object.keys(formulas) }
  }

  // Returns what a screen reader hears.
  function redraw() {
    const state = after(step, computed)
    show(state)
    for (const [name, [data, grad]] of Object.entries(cells)) {
      data.textContent = name in state.known ? number(state.known[name]) : "–"
      grad.textContent = name in state.known ? number(state.grads[name]) : "–"
    }
    const lines = tell(state, expressions[names[chosen]].formulas, inputs[chosen])
    line.replaceChildren(...lines.map(paragraph))
    set(back, { "aria-disabled": step === 0 && "true" })
    set(next, { "aria-disabled": step === state.last && "true" })
    return lines.map(text => `${text[language]} ${text.formula ?? ""}`).join(" ")
  }

  // What another expression changes, or the inputs of the start.
  function rebuild() {
    compute()
    const drawn = draw(expressions[names[chosen]], computed.arrows, words.graph[language])
    show = drawn.show
    picture.replaceChildren(drawn.drawing)
    cells = Object.fromEntries(
      Object.keys(computed.nodes).map(name => [name, [html("span"), html("span")]])
    )
    const rows = Object.entries(cells).map(([name, pair]) => [name, ...pair])
    numbers.replaceChildren(table(words.head.map(both), rows))
    sliders.replaceChildren(
      ...Object.entries(inputs[chosen]).map(([name, value]) => {
        const [limit, by] = ranges[name]
        const change = to => {
          inputs[chosen][name] = to
          compute()
          say(redraw())
        }
        return slider({ label: name, min: -limit, max: limit, step: by, value, digits: 1, change })
      })
    )
    return redraw()
  }

  function go(to) {
    step = Math.min(Math.max(to, 0), after(0, computed).last)
    say(redraw())
  }

  function stop() {
    clearInterval(timer)
    timer = null
    run.replaceChildren(both(words.run))
  }

  function runAll() {
    const { last } = after(0, computed)
    if (timer) return stop()
    if (still.matches) return go(last)
    run.replaceChildren(both(words.pause))
    go(step === last ? 0 : step + 1)
    timer = setInterval(() => {
      go(step + 1)
      if (step === last) stop()
    }, 900)
  }

  const control = (label, action) =>
    button(both(label), () => {
      stop()
      action()
    })
  const back = control(words.back, () => go(step - 1))
  const next = control(words.next, () => go(step + 1))
  const run = button(both(words.run), runAll)
  const reset = control(words.reset, () => {
    inputs = start()
    step = 0
    say(rebuild())
  })
  const options = names.map((name, value) => html("option", { value }, name))
  const choose = html("select", {
    onchange() {
      stop()
      chosen = Number(choose.value)
      step = 0
      say(rebuild())
    }
  }, ...options)
  const picture = html("div", { class: "backward__graph" })
  const line = html("div", { class: "backward__line" })
  const sliders = html("div", { class: "moving__controls" })
  const numbers = html("div")
  // Room for what takes the most: the last step, with long numbers, of the first expression.
  Object.assign(inputs[0], { a: 4.9, b: -4.7, x: -4.5, y: 9.5 })
  compute()
  step = after(0, computed).last
  rebuild()
  const room = element => steady(element, element.cloneNode(true))
  body.classList.add("backward")
  body.append(
    html("label", { class: "moving__controls" }, html("span", {}, both(words.expression)), choose),
    picture,
    html(
      "div",
      {},
      html("div", { class: "backward__buttons" }, next, back, run, reset),
      ...[line, sliders, numbers].map(room)
    )
  )
  inputs = start()
  step = 0
  rebuild()
}
