// Recorded weights, as they lie in a file: https://huggingface.co/docs/safetensors#format

const READ = {
  F16: (view, at) => half(view.getUint16(at, true)),
  I64: (view, at) => Number(view.getBigInt64(at, true))
}

// The tensors of a file whose names begin with `prefix`, each { shape, data }.
export function tensorsOf(buffer, prefix) {
  const view = new DataView(buffer)
  const length = Number(view.getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)))
  const tensors = {}
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (!name.startsWith(prefix) || !READ[dtype]) continue
    const [from, to] = data_offsets
    const size = shape.reduce((a, b) => a * b, 1)
    const width = (to - from) / size
    const read = n => READ[dtype](view, 8 + length + from + n * width)
    const data = Float64Array.from({ length: size }, (_, n) => read(n))
    tensors[name.slice(prefix.length)] = { shape, data }
  }
  return tensors
}

// A number of half precision: a sign, five bits of exponent, ten of the fraction.
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = (bits & 1023) / 1024
  if (exponent === 0) return sign * fraction * 2 ** -14
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (1 + fraction) * 2 ** (exponent - 15)
}
