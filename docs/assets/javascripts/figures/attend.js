// Queries and keys of three positions to move; the weights, and what each position gets.
import { attend, lesson } from "./attention.js"
import { both, button, handle, html, language, mount, number, set, svg, table } from "./figure.js"
import { plane } from "./plane.js"

const words = {
  title: { en: "Move queries and keys", zh: "移动查询和键" },
  help: {
    en: "Drag a query (ring) or a key (dot). By key: Tab, then the arrow keys; with Shift, ten times as far.",
    zh: "拖动查询（圆圈）或键（圆点）。用键盘时，按 Tab 选中，再按方向键；按住 Shift，一次移动十倍的距离。"
  },
  moved: { en: "Queries and keys", zh: "查询和键" },
  got: { en: "Values and output", zh: "值和输出" },
  q: { en: "query", zh: "查询" },
  k: { en: "key", zh: "键" },
  v: { en: "value", zh: "值" },
  row: { en: "position", zh: "位置" },
  weight: { en: "weight", zh: "权重" },
  output: { en: "output", zh: "输出" },
  same: { en: "All queries at 0", zh: "查询全取 0" },
  reset: { en: "Reset", zh: "重置" }
}
const here = strings => strings[language]
const tenth = value => Math.round(value * 10) / 10
const clamp = value => Math.min(Math.max(tenth(value), -3), 3)
const POSITIONS = [0, 1, 2]

export default async function (image) {
  const { body, say } = await mount(image, words)
  const names = ["", ""]
  const picture = plane({
    id: "attend-moved", x: [-3.5, 3.5], y: [-3.5, 3.5], height: 300, names, label: here(words.moved)
  })
  const result = plane({
    id: "attend-got", x: [-0.7, 3.7], y: [-0.7, 3.7], height: 300, names, label: here(words.got)
  })
  let state = structuredClone(lesson)

  const mark = (kind, i) =>
    svg(
      "g",
      {},
      svg("circle", { class: "ring", r: 20 }),
      svg("circle", { class: `c${i} ${kind === "q" ? "hollow" : ""}`, r: kind === "q" ? 9 : 6 })
    )
  const name = (kind, i) => svg("text", { class: "name", x: 12, y: -8 }, `${kind}${i + 1}`)
  const marks = { q: POSITIONS.map(i => mark("q", i)), k: POSITIONS.map(i => mark("k", i)) }
  const labels = { q: POSITIONS.map(i => name("q", i)), k: POSITIONS.map(i => name("k", i)) }
  picture.over.append(...labels.q, ...labels.k, ...marks.q, ...marks.k)

  const at = (map, [x, y]) => `${map.x(x)} ${map.y(y)}`
  const threads = POSITIONS.map(t =>
    POSITIONS.map(() => svg("path", { class: `c${t} stroke` }))
  )
  const outputs = POSITIONS.map(i => svg("circle", { class: `c${i}`, r: 6 }))
  result.over.append(
    ...threads.flat(),
    ...lesson.v.map((v, i) =>
      svg(
        "g",
        { transform: `translate(${at(result.map, v)})` },
        svg("circle", { class: "value", r: 9 }),
        name("v", i)
      )
    ),
    ...outputs
  )

  const values = table(
    [both(words.row), ...POSITIONS.map(s => html("span", {}, both(words.weight), ` ${s + 1}`)), both(words.output)],
    POSITIONS.map(t => [`${t + 1}`, "", "", "", ""])
  )
  const controls = html(
    "div",
    { class: "moving__controls" },
    button(both(words.same), () => put({ ...state, q: POSITIONS.map(() => [0, 0]) })),
    button(both(words.reset), () => put(structuredClone(lesson)))
  )
  body.classList.add("attend")
  body.append(picture.drawing, result.drawing, html("div", { class: "attend__numbers" }, values, controls))

  const tell = ["q", "k"].flatMap(kind =>
    POSITIONS.map(i =>
      handle(marks[kind][i], {
        drawing: picture.over,
        map: picture.map,
        step: 0.1,
        at: () => ({ x: state[kind][i][0], y: state[kind][i][1] }),
        label: `${here(words[kind])} ${i + 1}`,
        value: () => `x ${number(state[kind][i][0], 1)}, y ${number(state[kind][i][1], 1)}`,
        to({ x, y }) {
          state[kind][i] = [clamp(x), clamp(y)]
          changed()
        }
      })
    )
  )

  function put(next) {
    state = next
    for (const each of tell) each()
    changed()
  }

  function changed() {
    const weights = draw()
    const comma = here({ en: ", ", zh: "，" })
    const rows = POSITIONS.map(
      t => `${here(words.row)} ${t + 1}${here({ en: ": ", zh: "：" })}${weights[t].slice(0, t + 1).map(w => number(w)).join(comma)}`
    )
    say(rows.join(here({ en: "; ", zh: "；" })))
  }

  function draw() {
    for (const kind of ["q", "k"])
      POSITIONS.forEach(i => {
        const place = { transform: `translate(${at(picture.map, state[kind][i])})` }
        set(marks[kind][i], place)
        set(labels[kind][i], place)
      })
    const { weights, output } = attend(state)
    POSITIONS.forEach(t => {
      const { cells } = values.tBodies[0].rows[t]
      weights[t].forEach((weight, s) => {
        cells[s + 1].textContent = s > t ? "0" : number(weight)
        const line = `M${at(result.map, output[t])}L${at(result.map, state.v[s])}`
        set(threads[t][s], { d: line, "stroke-opacity": weight })
      })
      cells[4].textContent = `(${output[t].map(value => number(value)).join(", ")})`
      set(outputs[t], { cx: result.map.x(output[t][0]), cy: result.map.y(output[t][1]) })
    })
    return weights
  }

  draw()
}
