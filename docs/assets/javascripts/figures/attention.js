// The arithmetic of snippets/language-model/attention.py for three positions of width two:
// scores of queries and keys, the mask, weights, and what the values give.

export const lesson = {
  q: [[2, 0], [-1, 1], [1, 2]],
  k: [[1, 0], [0, 1], [1, 1]],
  v: [[3, 0], [0, 3], [3, 3]]
}

export function attend({ q, k, v }) {
  const scores = q.map(a => k.map(b => a[0] * b[0] + a[1] * b[1]))
  const weights = scores.map((row, t) => softmax(row.map((s, i) => (i > t ? -Infinity : s))))
  const output = weights.map(row =>
    [0, 1].map(c => row.reduce((sum, weight, i) => sum + weight * v[i][c], 0))
  )
  return { weights, output }
}

function softmax(row) {
  const highest = Math.max(...row)
  const powers = row.map(value => Math.exp(value - highest))
  const sum = powers.reduce((a, b) => a + b)
  return powers.map(power => power / sum)
}
