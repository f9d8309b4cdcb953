// What is fetched when a reader needs it: once, and again at the next use if it was lost.

// Call `start`, which returns a promise, once for all who need it; forget it if it fails.
export function once(start) {
  let promise
  return () =>
    (promise ??= start().catch(error => {
      promise = undefined
      throw error
    }))
}

// Fetch a file; an error page is none.
export async function file(address) {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${response.status} ${response.url}`)
  return response
}

// Load a style sheet that not every page has; resolves when it applies.
export function sheet(name) {
  const { href } = new URL(`../stylesheets/${name}.css`, import.meta.url)
  const links = [...document.querySelectorAll("link[rel=stylesheet]")]
  if (links.some(link => link.href === href)) return Promise.resolve()
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href })
  return new Promise((resolve, reject) => {
    link.onload = resolve
    link.onerror = () => {
      link.remove()
      reject(new Error(`no ${link.href}`))
    }
    document.head.append(link)
  })
}
