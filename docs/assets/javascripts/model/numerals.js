// The numerals of snippets/language-model/numerals.py, and what number a text writes.

const ONES = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen" +
  " fifteen sixteen seventeen eighteen nineteen").split(" ")
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ")
const DIGITS = "零一二三四五六七八九"
const UNITS = ["万", "千", "百", "十", ""]
const LARGEST = 99_999

export function english(n) {
  for (const [size, name] of [[1000, "thousand"], [100, "hundred"]])
    if (n >= size) {
      const rest = n % size
      return `${english(Math.floor(n / size))} ${name}${rest ? ` ${english(rest)}` : ""}`
    }
  if (n < 20) return ONES[n - 1]
  const rest = n % 10
  return TENS[Math.floor(n / 10) - 2] + (rest ? `-${english(rest)}` : "")
}

export function chinese(n) {
  let text = ""
  String(n).padStart(5, "0").split("").forEach((digit, place) => {
    if (digit !== "0") text += DIGITS[digit] + UNITS[place]
    else if (text && !text.endsWith("零")) text += "零"
  })
  return text.replace(/零$/, "").replace(/^一十/, "十")
}

// A text as the lessons write numbers: 99,999 in words, forty-two with its hyphen, 二 for 两.
export function asTaught(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/(\d)[, ](\d{3})(?!\d)/g, "$1$2")
    .replace(/,|\s+and\s+/g, " ").replace(/\s+/g, " ").trim()
  if (/^0*[1-9]\d{0,4}$/.test(plain)) return english(Number(plain))
  return plain.replace(new RegExp(`(${TENS.join("|")}) (?=(${ONES.slice(0, 9).join("|")})( |$))`, "g"), "$1-")
    .replace(/[两兩]/g, "二").replace(/〇/g, "零").replace(/萬/g, "万")
    .replace(/ (?=[零一二三四五六七八九十百千万])/g, "")
}

// The number from 1 to 99,999 that a text writes as the lessons do, or nothing.
export function valueOf(text) {
  const n = /^[a-z -]+$/.test(text) ? fromEnglish(text) : fromChinese(text)
  if (!(n >= 1 && n <= LARGEST)) return undefined
  return [english(n), chinese(n)].includes(text) ? n : undefined
}

function fromEnglish(text) {
  let total = 0
  let part = 0
  for (const word of text.split(/[ -]/))
    if (word === "thousand") [total, part] = [part * 1000, 0]
    else if (word === "hundred") part *= 100
    else if (TENS.includes(word)) part += 10 * (TENS.indexOf(word) + 2)
    else part += ONES.indexOf(word) + 1
  return total + part
}

function fromChinese(text) {
  let total = 0
  let digit = 0
  for (const sign of text) {
    const place = UNITS.indexOf(sign)
    if (place < 0) digit = DIGITS.indexOf(sign)
    else {
      total += (digit || 1) * 10 ** (4 - place)
      digit = 0
    }
  }
  return total + digit
}
