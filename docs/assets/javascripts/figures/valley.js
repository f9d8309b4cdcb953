// A map of the loss over a and b, a long valley: contour lines, the minimum, and a path.
import { set, svg } from "./figure.js"
import { plane } from "./plane.js"

const MINIMUM = [2, 1]
const LEVELS = 6
const STAR = `M${Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 ? 3.5 : 9
  const angle = (i * Math.PI) / 5
  return `${(radius * Math.sin(angle)).toFixed(1)} ${(-radius * Math.cos(angle)).toFixed(1)}`
}).join("L")}Z`

// `x` and `y` are the window at the start; `curved` is what curvature() returned. Returns
// what plane() does, and `zoom`, `factorFor` and `draw`.
export function valley({ x, y, curved, ...options }) {
  const { steep, flat, angle } = curved
  const picture = plane({ x, y, names: ["a", "b"], ...options })
  const { map, clipped } = picture

  // Contour lines are ellipses. Their centre stays where it is when the map is zoomed, and
  // their radii are measured in the window of the start, so they are never large numbers.
  const across = map.x(1) - map.x(0)
  const up = map.y(1) - map.y(0)
  const centre = `translate(${map.x(MINIMUM[0])} ${map.y(MINIMUM[1])})`
  const turn = `scale(${across} ${up}) rotate(${(angle * 180) / Math.PI})`
  const rings = Array.from({ length: LEVELS }, () => svg("ellipse", { class: "c0 contour" }))
  const next = svg("path", { class: "c1 stroke next" })
  const line = svg("path", { class: "c1 stroke path" })
  const dots = svg("path", { class: "c1 stroke dots" })
  const now = svg("path", { class: "c1 stroke now" })
  clipped.append(
    svg("g", { transform: centre + turn }, ...rings),
    svg("path", { class: "c2", d: STAR, transform: centre }),
    ...[next, line, dots, now]
  )

  // The loss in the corner that is highest, at the start.
  const corner = Math.max(
    ...x.flatMap(a => y.map(b => {
      const [da, db] = [a - MINIMUM[0], b - MINIMUM[1]]
      const s = da * Math.cos(angle) + db * Math.sin(angle)
      return (steep * s * s + flat * (da * da + db * db - s * s)) / 2
    }))
  )

  // Show a window that is `factor` times as wide, around the minimum.
  function zoom(factor) {
    const wider = (edges, middle) => edges.map(edge => middle + factor * (edge - middle))
    picture.show(wider(x, MINIMUM[0]), wider(y, MINIMUM[1]))
    const shrink = 2 * Math.log10(factor)
    const highest = Math.floor(Math.log10(corner / 3) + shrink)
    rings.forEach((ring, i) => {
      const level = 3 * 10 ** (highest - i - shrink)
      set(ring, { rx: Math.sqrt((2 * level) / steep), ry: Math.sqrt((2 * level) / flat) })
    })
  }

  // The least power of 2 by which a window must be wider to hold the path.
  function factorFor(path) {
    const reach = ([low, high], middle, value) =>
      value > middle ? (value - middle) / (high - middle) : (middle - value) / (middle - low)
    const far = path.map(([a, b]) => Math.max(reach(x, MINIMUM[0], a), reach(y, MINIMUM[1], b)))
    return 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(...far))))
  }

  function place([a, b]) {
    const [px, py] = [map.x(a), map.y(b)]
    // Far outside, where a browser cannot draw, only the direction is kept.
    const shrink = Math.max(1, Math.abs(px) / 1e4, Math.abs(py) / 1e4)
    return `${(px / shrink).toFixed(2)} ${(py / shrink).toFixed(2)}`
  }

  // Draw a path, and a dashed line to where it goes next.
  function draw(path, to) {
    const places = path.map(place)
    const last = places.at(-1)
    const dot = place => `M${place}h0`
    set(line, { d: `M${places.join("L")}` })
    set(dots, { d: places.map(dot).join("") })
    set(now, { d: dot(last) })
    set(next, { d: to.every(Number.isFinite) ? `M${last}L${place(to)}` : null })
  }

  zoom(1)
  return { ...picture, zoom, factorFor, draw }
}
