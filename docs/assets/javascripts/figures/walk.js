// Walk downhill: gradient descent on the loss of three points, on all of them or on one
// at a time.
import { curvature, descend, gradient, loss, modes, order, points } from "./descent.js"
import { both, button, handle, html, language, mount, number, set, slider, steady, still, svg, table } from "./figure.js"
import { valley } from "./valley.js"

const LAST = order.length
const RUN = 300

const words = {
  title: { en: "Walk downhill", zh: "一步步往下走" },
  help: {
    en: "Drag the start, the open circle, or move it by arrow key. The dashed line is the next step. Each contour line has ten times the loss of the one inside it.",
    zh: "拖动起点（空心圆），或者选中它再按方向键。虚线是下一步。每条等高线的损失，是里面那条的十倍。"
  },
  whole: { en: "The loss over a and b", zh: "以 a、b 为坐标的损失" },
  near: { en: "The neighbourhood of the minimum", zh: "最低点附近" },
  start: { en: "start", zh: "起点" },
  looks: { en: "Each step looks at", zh: "每一步看" },
  all: { en: "all three points", zh: "全部三个点" },
  one: { en: "one point at a time", zh: "其中一个点" },
  rate: { en: "learning rate", zh: "学习率" },
  limit: { en: "limit", zh: "上限" },
  step: { en: "Step", zh: "走一步" },
  run: { en: `Run ${RUN} steps`, zh: `走 ${RUN} 步` },
  pause: { en: "Pause", zh: "暂停" },
  reset: { en: "Reset", zh: "重置" },
  steps: { en: "step", zh: "步数" },
  loss: { en: "loss", zh: "损失" },
}
const notes = {
  next: ([x, y]) => ({
    en: `The next step looks at the point (${x}, ${y}) only; so does the gradient.`,
    zh: `下一步只看点 (${x}, ${y})，梯度也只按这个点算。`
  }),
  all: {
    en: "Past the limit: across the valley, each step is longer than the one before.",
    zh: "超过上限了：横跨山谷的步子一步比一步大。"
  },
  one: {
    en: "Past the limit of (3, 7): a step on this point leaves the line farther from it.",
    zh: "超过点 (3, 7) 的上限了：在这个点上走一步，直线反而离这个点更远。"
  },
  zoom: factor => ({
    en: `Zoomed out: the first map is ${number(factor, 0)} times as wide.`,
    zh: `已缩小：第一幅图两根轴的范围都是原来的 ${number(factor, 0)} 倍。`
  }),
  overflow: {
    en: "Overflow: the loss is too large for a floating-point number.",
    zh: "溢出了：损失太大，浮点数表示不了。"
  },
  last: { en: `It stops after ${LAST} steps.`, zh: `最多走 ${LAST} 步，到此为止。` }
}
// The longest that can be said at once.
const longest = [
  [notes.next([3, 7]), notes.one, notes.zoom(2 ** 500)],
  [notes.one, notes.zoom(2 ** 500), notes.last],
  [notes.all, notes.zoom(2 ** 500), notes.last],
  [notes.one, notes.overflow, notes.last],
  [notes.all, notes.overflow, notes.last]
]
const here = strings => strings[language]
const paragraph = texts =>
  html("p", { class: "moving__help" }, ...texts.map(text => html("span", {}, both(text), " ")))
const MAPS = {
  whole: { id: "walk-whole", x: [-0.5, 4], y: [-2, 4], height: 290 },
  near: { id: "walk-near", x: [1.9, 2.3], y: [0.65, 1.05], height: 290 }
}

export default async function (image) {
  const { body, say } = await mount(image, words)
  const state = { mode: "all", rate: modes.all.rate, start: [0, 0], steps: 0, factor: 1 }
  let frame = null

  const curved = curvature(points)
  const [whole, near] = Object.entries(MAPS).map(([name, options]) =>
    valley({ ...options, curved, label: here(words[name]) })
  )
  const open = svg(
    "g", {}, svg("circle", { class: "ring", r: 20 }), svg("circle", { class: "c1 hollow", r: 8 })
  )
  whole.over.append(open)
  const tell = handle(open, {
    drawing: whole.over,
    map: whole.map,
    step: 0.1,
    label: here(words.start),
    at: () => ({ x: state.start[0], y: state.start[1] }),
    value: () => `a ${number(state.start[0], 1)}, b ${number(state.start[1], 1)}`,
    to({ x, y }) {
      state.start = [inside(x, MAPS.whole.x, 2), inside(y, MAPS.whole.y, 1)]
      say(draw()) // not zoomed, or it would run away from the pointer
    }
  })
  const inside = (value, [low, high], middle) => {
    const [least, most] = [low, high].map(edge => middle + state.factor * (edge - middle))
    return Math.min(Math.max(Math.round(value * 10) / 10, least), most)
  }

  const limit = html("span", { class: "walk__limit" })
  const rate = slider({
    label: both(words.rate), min: 0.01, max: 0.25, step: 0.001, value: state.rate, digits: 4,
    change(value) {
      state.rate = value
      zoomAndDraw()
    }
  })
  rate.append(limit)
  const choice = html(
    "div",
    { class: "moving__controls", role: "radiogroup", "aria-labelledby": "walk-looks" },
    html("span", { id: "walk-looks" }, both(words.looks)),
    ...Object.keys(modes).map(mode =>
      html(
        "label",
        { class: "walk__mode" },
        html("input", {
          type: "radio", name: "walk-mode", checked: mode === state.mode, onchange: () => reset(mode)
        }),
        html("span", {}, both(words[mode]))
      )
    )
  )
  const running = button(both(words.run), run)
  const buttons = html(
    "div",
    { class: "moving__controls" },
    button(both(words.step), () => go(state.steps + 1)),
    running,
    button(both(words.reset), () => reset())
  )
  const gradientOf = name => html("span", {}, both({ en: `gradient d${name}`, zh: `梯度 d${name}` }))
  const rows = [both(words.steps), "a", "b", both(words.loss), gradientOf("a"), gradientOf("b")]
  const values = table(null, rows.map(name => [name, ""]))
  const note = html("div")
  body.classList.add("walk")
  const controls = html("div", {}, choice, rate, buttons)
  body.append(whole.drawing, controls, values, steady(note, ...longest.map(paragraph)), near.drawing)

  function go(steps) {
    state.steps = Math.min(steps, LAST)
    zoomAndDraw()
  }

  function run() {
    if (frame) return pause()
    const from = state.steps
    const to = Math.min(from + RUN, LAST)
    if (still.matches) return go(to)
    const began = performance.now()
    const advance = now => {
      // Slowly at first, where the steps are long.
      const steps = from + Math.floor(Math.max(0, (now - began) / 600) ** 2.5)
      go(Math.min(steps, to))
      if (state.steps < Math.min(steps, to) || steps >= to) pause()
      else frame = requestAnimationFrame(advance)
    }
    frame = requestAnimationFrame(advance)
    running.replaceChildren(both(words.pause))
  }

  function pause() {
    cancelAnimationFrame(frame)
    frame = null
    running.replaceChildren(both(words.run))
  }

  function reset(mode = state.mode) {
    pause()
    Object.assign(state, { mode, start: [0, 0], steps: 0 })
    const input = rate.querySelector("input")
    input.value = modes[mode].rate
    input.dispatchEvent(new Event("input"))
    tell()
  }

  function walked() {
    const path = descend(state.rate, state.steps, ...state.start, modes[state.mode].batch)
    const overflow = path.findIndex(point => !Number.isFinite(loss(...point)))
    return overflow < 0 ? path : path.slice(0, overflow + 1)
  }

  function zoomAndDraw() {
    const factor = whole.factorFor(walked())
    if (factor !== state.factor) whole.zoom(factor)
    state.factor = factor
    say(draw())
  }

  // Draw everything, and return it in words.
  function draw() {
    const { batch, limit: most } = modes[state.mode]
    const path = walked()
    const steps = (state.steps = path.length - 1)
    const [a, b] = path.at(-1)
    const [da, db] = gradient(a, b, batch(steps))
    for (const each of [whole, near]) each.draw(path, [a - state.rate * da, b - state.rate * db])
    const { x, y } = whole.map
    set(open, { transform: `translate(${x(state.start[0])} ${y(state.start[1])})` })
    const cells = [`${steps}`, number(a), number(b), number(loss(a, b), 6), number(da), number(db)]
    cells.forEach((text, i) => (values.tBodies[0].rows[i].cells[1].textContent = text))
    limit.replaceChildren(both(words.limit), ` ${number(most)}`)
    limit.style.setProperty("--at", (most - 0.01) / (0.25 - 0.01))

    const texts = []
    const overflow = !Number.isFinite(loss(a, b))
    if (state.mode === "one" && steps < LAST && !overflow) texts.push(notes.next(batch(steps)[0]))
    if (state.rate > most) texts.push(notes[state.mode])
    if (overflow) texts.push(notes.overflow)
    else if (state.factor > 1) texts.push(notes.zoom(state.factor))
    if (steps === LAST) texts.push(notes.last)
    note.replaceChildren(paragraph(texts))
    const position = `a = ${cells[1]}, b = ${cells[2]}`
    const heard = {
      en: `Step ${steps}: ${position}, loss ${cells[3]}.`,
      zh: `第 ${steps} 步：${position.replace(", ", "，")}，损失 ${cells[3]}。`
    }
    return [heard, ...texts].map(here).join(" ")
  }

  draw()
}
