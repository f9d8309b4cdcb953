// The tokenizer of snippets/language-model/bpe.py.

const PIECE = / ?[A-Za-z]+|.|\n/gsu

export class Tokenizer {
  // merges: pairs of numbers, in the order in which they were found.
  constructor(merges) {
    this.merges = merges
    this.table = Array.from({ length: 256 }, (_, byte) => [byte])
    for (const [a, b] of merges) this.table.push([...this.table[a], ...this.table[b]])
  }

  encode(text) {
    return (text.match(PIECE) ?? []).flatMap(piece => this.#joined([...new TextEncoder().encode(piece)]))
  }

  // Bytes that are no whole character yet become U+FFFD.
  decode(tokens) {
    return new TextDecoder().decode(new Uint8Array(tokens.flatMap(token => this.table[token])))
  }

  #joined(ids) {
    this.merges.forEach(([a, b], n) => {
      const merged = []
      for (const id of ids)
        if (merged.at(-1) === a && id === b) merged[merged.length - 1] = 256 + n
        else merged.push(id)
      ids = merged
    })
    return ids
  }
}
