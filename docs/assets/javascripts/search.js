// The search worker. It loads Material's worker and the index of one language when
// the first query comes: a page that is only read loads neither.
//
// Its address is search.js?LANGUAGE#PATH_OF_MATERIAL'S_WORKER.
const language = location.search.slice(1)
const root = language === "en" ? "../../" : `../../${language}/`

// Types of messages, as in Material's worker.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3

let engine // becomes Material's listener

// Material's worker listens for messages and posts answers on the global scope. We
// take its listener, and pass on what comes.
const listen = self.addEventListener
self.addEventListener = (type, listener) => { engine = listener }
const load = async () => {
  const index = fetch(new URL(`${root}search/search_index.json`, location))
  importScripts(location.hash.slice(1))
  const post = self.postMessage
  const ready = new Promise(resolve => { self.postMessage = resolve })
  engine({ data: { type: SETUP, data: { ...await (await index).json(), options: {} } } })
  await ready
  self.postMessage = post
}

// Material cuts a run of Chinese into words that the index has, but never takes a
// word that ends where the run ends. One rare character more mends that.
const closeRuns = query => query.replace(/\p{sc=Han}{2,}/gu, run => `${run}㐀`)

let loading
listen.call(self, "message", async ({ data: { type, data } }) => {
  if (type !== QUERY) return
  if (!data.trim()) return postMessage({ type: RESULT, data: { items: [] } })
  await (loading ||= load())
  engine({ data: { type: QUERY, data: closeRuns(data) } })
})
postMessage({ type: READY })
