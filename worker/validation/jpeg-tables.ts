/**
 * The tables of a JPEG (ITU-T T.81, B.2.4): what they may hold, and that scans use them. A table that no scan uses, or that only
 * looks like one, could hold any text.
 */

/** What the two kinds of Huffman tables are for: the first coefficient of a block, and the other 63. */
export type HuffmanClass = 'DC' | 'AC'

/** What is wrong with a table, as the end of a sentence about the picture. */
export class TableFault extends Error {}

/** Of a picture so far. */
export class JpegTables {
  readonly #defined = new Set<string>()
  readonly #unused = new Set<string>()

  /** DQT: one table or several of 64 divisors in one byte each. @throws TableFault */
  defineDivisors(body: Uint8Array): void {
    if (body.length === 0 || body.length % 65 !== 0)
      throw new TableFault('has a quantisation table of a wrong length')
    for (let at = 0; at < body.length; at += 65) {
      const divisors = body.subarray(at + 1, at + 65)
      if (body[at] > 3 || divisors.includes(0) || isText(divisors))
        throw new TableFault('has a quantisation table that is none')
      this.#define(divisorsName(body[at]))
    }
  }

  /** DHT: one table or several. @throws TableFault */
  defineCodes(body: Uint8Array, progressive: boolean): void {
    for (let at = 0; at < body.length || at === 0; ) {
      const [kind, id] = [body[at] >> 4, body[at] & 15]
      const counts = body.subarray(at + 1, at + 17)
      const total = counts.reduce((sum, count) => sum + count, 0)
      const symbols = body.subarray(at + 17, at + 17 + total)
      const isWhole = counts.length === 16 && symbols.length === total
      if (!isWhole || kind > 1 || id > 3 || !areCodes(counts, symbols, kind === 0 ? 'DC' : 'AC', progressive))
        throw new TableFault('has a Huffman table that is none')
      this.#define(codesName(kind === 0 ? 'DC' : 'AC', id))
      at += 17 + total
    }
  }

  /** DRI. @throws TableFault */
  defineRestart(body: Uint8Array): void {
    if (body.length !== 2) throw new TableFault('has a restart interval of a wrong length')
    this.#define('restart')
  }

  useDivisors(id: number): void {
    this.#use(divisorsName(id))
  }

  useCodes(kind: HuffmanClass, id: number): void {
    this.#use(codesName(kind, id))
  }

  useRestart(): void {
    this.#unused.delete('restart')
  }

  /** @throws TableFault, where something was defined for nothing */
  assertUsed(): void {
    if (this.#unused.size > 0) throw new TableFault('has a table that no scan uses')
  }

  #define(name: string): void {
    if (this.#unused.has(name)) throw new TableFault('defines a table twice before a scan')
    this.#defined.add(name)
    this.#unused.add(name)
  }

  #use(name: string): void {
    if (!this.#defined.has(name)) throw new TableFault('has a scan without its tables')
    this.#unused.delete(name)
  }
}

const divisorsName = (id: number) => `divisors ${id}`
const codesName = (kind: HuffmanClass, id: number) => `${kind} ${id}`

/** Divisors ascend from small to large ones; of those of encoders none has 64 printable characters and several different. */
function isText(divisors: Uint8Array): boolean {
  return divisors.every((value) => value >= 0x20 && value < 0x7f) && new Set(divisors).size >= 8
}

/** Codes of these counts by length fit a tree, and stand for different things that a picture of 8 bits has. */
function areCodes(
  counts: Uint8Array,
  symbols: Uint8Array,
  kind: HuffmanClass,
  progressive: boolean,
): boolean {
  // In 16ths of a bit's depth; the code of ones alone is never given.
  const taken = counts.reduce((sum, count, i) => sum + count * 2 ** (15 - i), 0)
  if (symbols.length === 0 || taken >= 2 ** 16 || new Set(symbols).size < symbols.length) return false
  if (kind === 'DC') return symbols.every((category) => category <= 11)
  return symbols.every((symbol) => {
    const [run, category] = [symbol >> 4, symbol & 15]
    // Without a value: the block's end, 16 zeros, and in progressive scans the end of up to 2^14 blocks.
    return category > 0 ? category <= 10 : run === 0 || run === 15 || progressive
  })
}
