// The arithmetic of snippets/line/misfit.py, for any points: the loss of a line under three
// yardsticks, and the best lines.

export const lesson = { points: [[1, 3], [2, 5], [3, 7], [4, 8]], a: 2, b: 1 }

export function residuals(a, b, points = lesson.points) {
  return points.map(([x, y]) => y - (a * x + b))
}

export function largest(a, b, points) {
  return Math.max(...residuals(a, b, points).map(Math.abs))
}

export function absolute(a, b, points) {
  return mean(residuals(a, b, points).map(Math.abs))
}

export function squared(a, b, points) {
  return mean(residuals(a, b, points).map(r => r ** 2))
}

const sum = values => values.reduce((total, value) => total + value, 0)
const mean = values => sum(values) / values.length
export const same = (u, v) => Math.abs(u - v) < 1e-9

// Lines among which there is a best one, each as [a, b].
const candidates = {
  // One best line is parallel to a line through two of the points, and lies midway between
  // the highest and the lowest point.
  largest: points =>
    throughTwo(points).map(([a]) => {
      const offsets = points.map(([x, y]) => y - a * x)
      return [a, (Math.min(...offsets) + Math.max(...offsets)) / 2]
    }),
  // One best line passes through two of the points.
  absolute: throughTwo,
  // The best line solves the normal equations.
  squared(points) {
    const n = points.length
    const x = sum(points.map(([x]) => x))
    const y = sum(points.map(([, y]) => y))
    const xx = sum(points.map(([x]) => x * x))
    const xy = sum(points.map(([x, y]) => x * y))
    const determinant = n * xx - x * x
    if (same(determinant, 0)) return [[0, y / n]]
    return [[(n * xy - x * y) / determinant, (xx * y - x * xy) / determinant]]
  }
}

// The line through each two points; where all have the same x, the flat ones.
function throughTwo(points) {
  const lines = points.flatMap(([x1, y1], i) =>
    points
      .slice(i + 1)
      .filter(([x2]) => x2 !== x1)
      .map(([x2, y2]) => (y2 - y1) / (x2 - x1))
      .map(a => [a, y1 - a * x1])
  )
  return lines.length ? lines : points.map(([, y]) => [0, y])
}

// The lowest loss, lines that reach it, and whether more than one does.
export function best(yardstick, points) {
  const tried = candidates[yardstick.name](points)
  const loss = Math.min(...tried.map(([a, b]) => yardstick(a, b, points)))
  const lines = tried
    .filter(([a, b]) => same(yardstick(a, b, points), loss))
    .filter(([a, b], i, all) => all.findIndex(l => same(l[0], a) && same(l[1], b)) === i)
  const oneX = points.every(([x]) => x === points[0][0])
  return { loss, lines, several: lines.length > 1 || oneX }
}

export const yardsticks = [largest, absolute, squared]
