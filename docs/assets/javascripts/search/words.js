// Cuts texts and queries into the words by which they are found.

// A run of Chinese, or a word as it is written in prose or in code.
export const WORD = /\p{sc=Han}+|[\p{L}\p{N}]+(?:[._'’-]?[\p{L}\p{N}]+)*/gu
export const HAN = /^\p{sc=Han}/u

// In questions these say nothing of the subject.
const ASIDE = new Set(
  ("a an and are be been being but by can could do does doing for from has have how i if in" +
   " into is it its me not my no of on or should so than that the their them then there these" +
   " this those to vs versus was we what when where which while who why will with would you" +
   " your using used use need call difference between all every").split(" ")
)
const ASIDE_HAN = /为什么|是什么|有什么|什么|怎么样|怎么办|怎么选|怎么算|怎么|怎样|如何|区别|分别|代表|哪些|哪个|可以|能不能|能否|一下|一直|出现|使用|时候|更快|更好|吗|呢|的|了/g

const LITTLE = /[的了与和是在]/ // a pair with one of these says little
const ASIDE_ALONE = /^[会更比和与是有在对用为把被]$/

// The stem of an English word, so that "initializing" finds "initialization".
export function stem(word) {
  const low = word.toLowerCase().replace(/['’]s$/, "")
  if (low.length < 4 || /\d/.test(low)) return low
  const one = low.replace(/ies$/, "y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/([^su])s$/, "$1")
  const short = one.replace(/(?:ations?|ing|ed|er|e)$/, "")
  return short.length < 4 ? one : short
}

// The parts of a name: torch.optim.SGD, zero_grad, CrossEntropyLoss, mini-batch.
function parts(name) {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(/[ ._'’-]/)
    .filter(part => part.length > 2 || /\d/.test(part))
}
const whole = name => stem(name.replace(/[._'’-]/g, ""))

// Each pair of neighbours in a run of Chinese: no dictionary, and no cut in the wrong place.
export function pairs(run) {
  if (run.length < 2) return [run]
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
}

// How often each word stands in texts, in all its forms. In a name it stands once, and in
// a long name it says less.
export function counted(texts, names) {
  const counts = new Map()
  for (const text of texts) {
    const all = text.replace(/√/g, " sqrt ").match(WORD) ?? []
    const less = names && Math.min(1, Math.sqrt(3 / all.length))
    const count = (form, share) => {
      const before = counts.get(form) ?? 0
      counts.set(form, names ? Math.max(share * less, before) : before + share)
    }
    for (const word of all)
      if (HAN.test(word)) for (const pair of pairs(word)) count(pair, 1)
      else for (const [form, share] of forms(word)) count(form, share)
  }
  return counts
}

// The forms in which a word is found, each with what it says: a part of a name says less.
const known = new Map()
export function forms(word) {
  if (!known.has(word)) known.set(word, [...spellings(word)])
  return known.get(word)
}

function spellings(word) {
  const found = new Map()
  const add = (name, share) => found.set(name, Math.max(share, found.get(name) ?? 0))
  const hyphened = /^[a-z]{3,}(?:[-’'][a-z]{3,})+$/i.test(word)
  if (!hyphened) add(whole(word), 1)
  if (word.includes(".")) for (const name of word.split(".")) add(whole(name), 0.9)
  for (const part of parts(word)) add(stem(part), hyphened ? 1 : 0.5)
  return found
}

// The words of a query: each with its forms, of which the first that is known counts. What
// says nothing is left out, if anything is left; of a part of a query, nothing may be.
export function* asked(query, part = false) {
  const all = text => [...text.matchAll(WORD)].map(([word]) => word)
  const told = all(query.replace(ASIDE_HAN, " "))
    .filter(word => !ASIDE.has(word.toLowerCase()) && !ASIDE_ALONE.test(word))
  const kept = told.length || part ? told : all(query)
  for (const [at, word] of kept.entries()) {
    if (HAN.test(word)) for (const pair of pairs(word)) yield { forms: [[pair]], said: LITTLE.test(pair) ? 0.1 : 1 }
    else {
      const next = kept[at + 1]
      const last = at === kept.length - 1
      yield {
        forms: [[whole(word)], word.split(".").map(whole), parts(word).map(stem)],
        joined: next && !HAN.test(next) ? whole(word + next) : undefined,
        last
      }
    }
  }
}

// A text as names are compared: stems, with one blank between words.
export const plain = text =>
  text
    .replace(/_/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/ ?(\p{sc=Han}+) ?/gu, "$1")
    .replace(/[^\p{sc=Han} ]+/gu, stem)
    .trim()

// Whether two words differ by one letter: another, one more, one less, two exchanged.
export function nearly(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const rest = (x, y) => a.slice(start + x) === b.slice(start + y)
  return rest(1, 1) || rest(1, 0) || rest(0, 1) ||
    (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(2, 2))
}
