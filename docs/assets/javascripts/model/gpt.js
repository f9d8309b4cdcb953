// The model of snippets/language-model/gpt.py, one token at a time: what the earlier ones
// left in each layer, their keys and values, is kept.

const HEADS = 4

export class GPT {
  // weights: tensors by the names that they have in gpt.py, each { shape, data }.
  constructor(weights) {
    this.weights = weights
    const [vocabulary, width] = weights["tokens.weight"].shape
    const context = weights["positions.weight"].shape[0]
    const layers = Object.keys(weights).filter(name => name.endsWith("norm1.weight")).length
    Object.assign(this, { vocabulary, width, context, layers })
    this.forget()
  }

  forget() {
    this.kept = Array.from({ length: this.layers }, () => ({ keys: [], values: [] }))
  }

  // How many tokens it has read.
  get length() {
    return this.kept[0].keys.length
  }

  // Read one token. Returns the logits of the next (V,), and where each head of each layer
  // looked: the weights of the positions so far (layers, heads, T).
  read(token) {
    const { width, layers } = this
    const place = this.length
    if (place === this.context) throw new RangeError(`more than ${this.context} tokens`)
    const tokens = this.#row("tokens.weight", token)
    const positions = this.#row("positions.weight", place)
    let x = tokens.map((value, c) => value + positions[c]) // (C,)
    const looked = []
    for (let layer = 0; layer < layers; layer++) {
      const block = `blocks.${layer}.`
      const qkv = this.#linear(`${block}attention.qkv`, this.#norm(`${block}norm1`, x)) // (3C,)
      const { keys, values } = this.kept[layer]
      keys.push(qkv.subarray(width, 2 * width))
      values.push(qkv.subarray(2 * width))
      const y = new Float64Array(width)
      looked.push(this.#attend(qkv, keys, values, y))
      x = add(x, this.#linear(`${block}attention.out`, y))
      const hidden = this.#linear(`${block}mlp.hidden`, this.#norm(`${block}norm2`, x)) // (4C,)
      x = add(x, this.#linear(`${block}mlp.out`, hidden.map(gelu)))
    }
    const logits = times(this.weights["tokens.weight"], this.#norm("norm", x)) // tied
    return { logits, looked }
  }

  // Fills y with what the heads got; returns their weights.
  #attend(query, keys, values, y) {
    const size = this.width / HEADS
    return Array.from({ length: HEADS }, (_, head) => {
      const from = head * size
      const scores = keys.map(key => {
        let sum = 0
        for (let c = from; c < from + size; c++) sum += query[c] * key[c]
        return sum / Math.sqrt(size)
      })
      const weights = softmax(scores)
      weights.forEach((weight, place) => {
        for (let c = from; c < from + size; c++) y[c] += weight * values[place][c]
      })
      return weights
    })
  }

  #row(name, n) {
    return this.weights[name].data.subarray(n * this.width, (n + 1) * this.width)
  }

  #linear(name, x) {
    return add(times(this.weights[`${name}.weight`], x), this.weights[`${name}.bias`].data)
  }

  #norm(name, x) {
    const mean = x.reduce((a, b) => a + b) / x.length
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length
    const spread = Math.sqrt(variance + 1e-5)
    const { data: weight } = this.weights[`${name}.weight`]
    const { data: bias } = this.weights[`${name}.bias`]
    return x.map((value, c) => ((value - mean) / spread) * weight[c] + bias[c])
  }
}

export function softmax(scores) {
  const highest = Math.max(...scores)
  const powers = Array.from(scores, score => Math.exp(score - highest))
  const sum = powers.reduce((a, b) => a + b)
  return powers.map(power => power / sum)
}

const add = (a, b) => a.map((value, n) => value + b[n])

// A matrix { shape: [rows, columns], data } times a vector.
function times({ shape: [rows, columns], data }, x) {
  const y = new Float64Array(rows)
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0
    for (let column = 0; column < columns; column++) sum += data[at++] * x[column]
    y[row] = sum
  }
  return y
}

const gelu = x => (x * (1 + erf(x / Math.SQRT2))) / 2

// The series of https://dlmf.nist.gov/7.6.E2, whose terms all have one sign.
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x)
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= (2 * x * x) / (2 * n + 1)
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}
