// A link to a figure that answers questions, "question = answer", becomes a line to write
// into. The figure is fetched when the reader asks.

const make = (tag, values) => Object.assign(document.createElement(tag), values)

// `load` fetches a module, once more if that has failed before.
export default function (link, load) {
  const [question, answer] = link.textContent.split(" = ")
  const { figure, ask, failed } = link.dataset
  const form = make("form", { className: "ask__line" })
  form.dataset.figure = figure
  const input = make("input", {
    className: "ask__input", value: question, maxLength: 120, autocomplete: "off",
    autocapitalize: "off", spellcheck: false
  })
  input.setAttribute("aria-label", ask)
  const button = make("button", { className: "md-button", textContent: ask })
  const output = make("output", { textContent: answer })
  output.setAttribute("translate", "no")
  form.append(input, button, output)
  input.addEventListener("input", () => (output.textContent = "")) // no answer to this
  form.addEventListener("submit", async event => {
    event.preventDefault()
    output.textContent = "…"
    button.disabled = true // asked once
    try {
      const { default: show } = await load(`figures/${figure}`)
      await show(form, input.value)
    } catch (error) {
      console.warn(error)
      output.textContent = failed
      button.disabled = false
    }
  })
  link.replaceWith(form)
}
