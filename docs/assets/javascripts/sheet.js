// Load a style sheet that not every page needs; resolves when it applies.
export function sheet(name) {
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = new URL(`../stylesheets/${name}.css`, import.meta.url)
  return new Promise((resolve, reject) => {
    Object.assign(link, { onload: resolve, onerror: reject })
    document.head.append(link)
  })
}
