// The rules, the loss and the count of snippets/steps/update.py, for one weight at a time.

// Each rule returns what becomes of one weight, and may remember something in `state`.
export const sgd = (w, g, state, { lr }) => w - lr * g

export function momentum(w, g, state, { lr, mu = 0.9 }) {
  const v = (state.v = mu * (state.v ?? 0) + g)
  return w - lr * v
}

export function adam(w, g, state, { lr, beta1 = 0.9, beta2 = 0.999, eps = 1e-8 }) {
  const t = (state.t = (state.t ?? 0) + 1)
  const m = (state.m = beta1 * (state.m ?? 0) + (1 - beta1) * g)
  const v = (state.v = beta2 * (state.v ?? 0) + (1 - beta2) * g ** 2)
  const [mHat, vHat] = [m / (1 - beta1 ** t), v / (1 - beta2 ** t)]
  return w - (lr * mHat) / (Math.sqrt(vHat) + eps)
}

export const ravine = ([a, b]) => (a ** 2 + 100 * b ** 2) / 2
export const gradient = ([a, b]) => [a, 100 * b]

export function walk(rule, options, steps, start) {
  const states = start.map(() => ({}))
  const path = [start]
  for (let step = 0; step < steps; step++) {
    const g = gradient(path[step])
    path.push(path[step].map((w, i) => rule(w, g[i], states[i], options)))
  }
  return path
}

// Steps until the loss stays below 0.001, or null. A loss that is no number is not below.
export function stepsNeeded(path) {
  const last = path.findLastIndex(w => !(ravine(w) <= 0.001))
  return last < path.length - 1 ? last + 1 : null
}
