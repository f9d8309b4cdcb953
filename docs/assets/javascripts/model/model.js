// The model that the lessons trained, with its tokenizer; fetched when a reader asks.

import { file } from "../fetching.js"
import { GPT } from "./gpt.js"
import { Tokenizer } from "./tokenizer.js"
import { tensorsOf } from "./weights.js"

const WEIGHTS = new URL("../../weights/language-model/trainer.safetensors", import.meta.url)
const END = 10 // the byte of a line break
const LONGEST = 24 // tokens of an answer

export async function fetchModel(address = WEIGHTS) {
  const response = await file(address)
  const { merges, ...weights } = tensorsOf(await response.arrayBuffer(), "by_class.")
  const pairs = Array.from({ length: merges.shape[0] }, (_, n) => merges.data.slice(2 * n, 2 * n + 2))
  return { gpt: new GPT(weights), tokenizer: new Tokenizer(pairs) }
}

// Write the answer to a question, one token at a time. Each step yields the token, the
// logits that it was chosen from, and where the heads looked; the last token ends the line.
export function* answer({ gpt, tokenizer }, question) {
  gpt.forget()
  let read
  for (const token of tokenizer.encode(`${question}=`)) read = gpt.read(token)
  for (let n = 0; n < LONGEST && gpt.length < gpt.context; n++) {
    const token = read.logits.indexOf(Math.max(...read.logits))
    yield { token, ...read }
    if (token === END) return
    read = gpt.read(token)
  }
}
