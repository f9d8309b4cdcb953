// The arithmetic of snippets/line/descent.py, and the order of the points in
// snippets/line/sgd.py.

export const points = [[1, 3], [2, 5], [3, 7]]
const sum = values => values.reduce((total, value) => total + value, 0)

export function loss(a, b) {
  return sum(points.map(([x, y]) => (a * x + b - y) ** 2)) / points.length
}

export function gradient(a, b, batch = points) {
  const errors = batch.map(([x, y]) => [x, a * x + b - y])
  const da = (2 / batch.length) * sum(errors.map(([x, e]) => e * x))
  const db = (2 / batch.length) * sum(errors.map(([, e]) => e))
  return [da, db]
}

export function descend(rate, steps, a = 0, b = 0, batch = () => points) {
  const path = [[a, b]]
  for (let step = 0; step < steps; step++) {
    const [da, db] = gradient(a, b, batch(step))
    ;[a, b] = [a - rate * da, b - rate * db]
    path.push([a, b])
  }
  return path
}

// The curvature of the mean squared error in its flattest and its steepest direction, the
// eigenvalues of 2/N AᵀA, and the angle of the steepest.
export function curvature(points) {
  const mean = f => points.reduce((total, [x]) => total + f(x), 0) / points.length
  const aa = 2 * mean(x => x * x)
  const ab = 2 * mean(x => x)
  const middle = (aa + 2) / 2
  const spread = Math.hypot((aa - 2) / 2, ab)
  return { flat: middle - spread, steep: middle + spread, angle: Math.atan2(2 * ab, aa - 2) / 2 }
}

// The order of the points in 300 epochs: torch.randperm(3) after torch.manual_seed(0), as
// snippets/line/sgd.py draws it. A digit is an order's place among the six below.
const orders = ["012", "021", "102", "120", "201", "210"]
const epochs =
  "453335120445430253354333434554202254010244132322355351555222132333245010013" +
  "014442540205022000555154020155420410435312105331521233512324452203540341053" +
  "051445144310011134325142505211410045243302454311034043242153520503351520152" +
  "432525505341511132543002532132535343123140511150003504504331323101502045034"
export const order = [...epochs].flatMap(digit => [...orders[digit]].map(Number))

// What each step looks at, the learning rate that the lesson takes for it, and its limit,
// 2 divided by the largest curvature.
export const modes = {
  all: { rate: 0.1, batch: () => points, limit: 2 / curvature(points).steep },
  one: {
    rate: 0.05,
    batch: step => points.filter((_, i) => i === order[step]),
    limit: Math.min(...points.map(point => 2 / curvature([point]).steep))
  }
}
