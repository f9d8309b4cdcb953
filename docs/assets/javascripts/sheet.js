// Load a style sheet that not every page needs; resolves when it applies.
export function sheet(name) {
  const { href } = new URL(`../stylesheets/${name}.css`, import.meta.url)
  const links = [...document.querySelectorAll("link[rel=stylesheet]")]
  if (links.some(link => link.href === href)) return Promise.resolve()
  const link = document.createElement("link")
  Object.assign(link, { rel: "stylesheet", href })
  return new Promise((resolve, reject) => {
    Object.assign(link, { onload: resolve, onerror: reject })
    document.head.append(link)
  })
}
