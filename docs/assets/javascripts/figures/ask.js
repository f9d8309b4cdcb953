// The trained model: a number to type, the answer as it is written, how sure each token
// was, and where the heads looked. The weights are fetched when the first question is asked.
import { both, button, html, language, mount, number, set, still, table } from "./figure.js"
import { once } from "../fetching.js"
import { softmax } from "../model/gpt.js"
import { answer, fetchModel } from "../model/model.js"
import { asTaught, chinese, english, valueOf } from "../model/numerals.js"

const words = {
  title: { en: "Ask the model", zh: "问问模型" },
  help: {
    en: "Write a number from 1 to 99,999 in English words or Chinese numerals; other spellings, such as digits, are changed to those of the lessons. The model (280 KB) is fetched with the first question, and runs on your device.",
    zh: "写一个 1 到 99,999 的数，用英文单词或中文数字；阿拉伯数字等别的写法，会先换成课程里的写法。第一次提问时下载模型（280 KB），在你的设备上运行。"
  },
  question: { en: "Number", zh: "要翻译的数" },
  write: { en: "Write it in the other language", zh: "译成另一种语言" },
  another: { en: "Another number", zh: "换一个数" },
  fetching: { en: "Fetching the model …", zh: "正在下载模型……" },
  failed: { en: "The model could not be fetched. Try again when you are online.", zh: "模型下载失败，联网后再试一次。" },
  right: { en: "Right.", zh: "正确。" },
  wrong: { en: "Wrong. It should be:", zh: "错了，应该是：" },
  unknown: {
    en: "This is no number from 1 to 99,999, such as forty-two, 四十二 or 42. The model has learned nothing else, and does not notice: what it writes is a guess.",
    zh: "请写 1 到 99,999 的数，比如 forty-two、四十二、42。模型没学过别的输入，这里的输出只是乱猜，看概率也看不出来。"
  },
  long: { en: "This is too long for the model: it reads 48 tokens.", zh: "太长了，模型只能读 48 个词元。" },
  reads: { en: "It reads:", zh: "读到的词元：" },
  token: { en: "Next token", zh: "下一个词元" },
  probability: { en: "probability", zh: "概率" },
  head: { en: "layer, head", zh: "层、头" },
  looks: { en: "looks most at", zh: "最多看向" },
  end: { en: "end of line", zh: "换行" }
}
const here = strings => strings[language]
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds))
const PACE = 120 // milliseconds between two tokens

const fetched = once(fetchModel) // for all figures of a page

// `first` is what a reader asked elsewhere on the page, before this was fetched.
export default async function (image, first) {
  const { body, say } = await mount(image, words)
  const input = html("input", {
    class: "ask__input", type: "text", name: "number", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", maxlength: 120, value: first ?? english(42305)
  })
  const note = html("p", { class: "ask__note" })
  const written = html("p", { class: "ask__answer" })
  const choices = table([both(words.token), both(words.probability)], rows(4, 2))
  const heads = table([both(words.head), both(words.looks)], rows(8, 2))
  const pieces = html("p", { class: "ask__pieces" })
  const details = html("div", { class: "ask__details", hidden: true }, choices, heads)
  const form = html(
    "form",
    { class: "ask__form", onsubmit: event => (event.preventDefault(), ask()) },
    html("label", {}, html("span", {}, both(words.question)), input),
    html(
      "div",
      { class: "moving__controls" },
      html("button", { type: "submit", class: "md-button md-button--primary" }, both(words.write)),
      button(both(words.another), () => {
        const n = 1 + Math.floor(Math.random() * 99_999)
        input.value = Math.random() < 0.5 ? english(n) : chinese(n)
        ask()
      })
    )
  )
  body.classList.add("ask")
  body.append(form, pieces, written, note, details)

  let asked = 0 // an answer stops when the next question is asked
  if (first !== undefined) {
    // Into view, as much of the figure as there is room for; a keyboard of glass would
    // cover the answer.
    const touched = matchMedia("(pointer: coarse)").matches
    ;(touched ? form.querySelector("button") : input).focus({ preventScroll: true })
    ask()
    body.parentElement.scrollIntoView({ block: "nearest" })
  }

  async function ask() {
    const turn = ++asked
    const question = (input.value = asTaught(input.value))
    written.replaceChildren()
    pieces.replaceChildren()
    note.replaceChildren(both(words.fetching))
    let model
    try {
      model = await fetched()
    } catch (error) {
      console.warn(error)
      details.hidden = true
      if (turn === asked) tell(words.failed)
      return
    }
    if (turn !== asked) return
    note.replaceChildren()
    const { gpt, tokenizer } = model
    const read = [...tokenizer.encode(question), 61]
    details.hidden = read.length >= gpt.context
    if (details.hidden) return tell(words.long)
    const name = id => tokenizer.decode([id])
    pieces.append(both(words.reads), ...read.flatMap(id => [" ", html("span", {}, name(id))]))
    const tokens = []
    for (const step of answer(model, question)) {
      const place = [...read, ...tokens]
      tokens.push(step.token)
      const token = html(
        "button",
        { type: "button", class: "ask__token", onclick: () => show(step, place, token) },
        step.token === 10 ? "⏎" : name(step.token)
      )
      written.append(token)
      show(step, place, token)
      if (!still.matches) await pause(PACE)
      if (turn !== asked) return
    }
    written.firstElementChild.click() // the last one is the end of the line, mostly
    judge(question, tokenizer.decode(tokens).replace("\n", ""))
  }

  function tell(text, ...more) {
    note.replaceChildren(both(text), ...more)
    say([here(text), ...more].join(" "))
  }

  function judge(question, got) {
    const n = valueOf(question)
    if (n === undefined) return tell(words.unknown)
    const expected = question === english(n) ? chinese(n) : english(n)
    if (got === expected) tell(words.right, ` ${n.toLocaleString("en")}`)
    else tell(words.wrong, ` ${expected}`)
    say(`${got}. ${note.textContent}`)
  }

  // Show from which logits a token was chosen, and where the heads looked.
  async function show({ logits, looked }, place, token) {
    const { tokenizer } = await fetched()
    const name = id => (id === 10 ? here(words.end) : tokenizer.decode([id]))
    for (const other of written.children) set(other, { "aria-pressed": other === token ? "true" : "false" })
    const p = softmax(logits)
    const best = p.map((_, id) => id).sort((a, b) => p[b] - p[a])
    ;[...choices.tBodies[0].rows].forEach(({ cells }, row) => {
      cells[0].textContent = name(best[row])
      cells[1].textContent = number(p[best[row]])
      cells[1].style.setProperty("--share", p[best[row]])
    })
    looked.flat().forEach((weights, row) => {
      const { cells } = heads.tBodies[0].rows[row]
      const most = weights.indexOf(Math.max(...weights))
      cells[0].textContent = `${Math.floor(row / 4) + 1}, ${(row % 4) + 1}`
      cells[1].textContent = `${name(place[most])} (${number(weights[most], 2)})`
    })
  }
}

const rows = (count, width) => Array.from({ length: count }, () => Array(width).fill(""))
