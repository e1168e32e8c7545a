/** Seeded numbers: everything random is drawn on the host, so that one seed gives one texture on one provider. */

export interface Random {
  /** What the next numbers follow from: a whole number, 0..2^32 - 1. Set, it begins there again. */
  state: number
  /** Uniform in [0, 1). */
  next(): number
  /** Leaves out what as many calls of `next` would give; `normal` calls it twice. */
  skip(numbers: number): void
  /** Uniform integer in [0, below). */
  integer(below: number): number
  /** Normal with mean 0 and variance 1. */
  normal(): number
}

/** What the counter grows by: 2^32 over the golden ratio. */
const step = 0x9e3779b9

/** A 32-bit counter through an avalanche of multiplications and shifts; passes for sampling, not for secrets. */
export function random(seed: number): Random {
  let counter = seed >>> 0
  const next = () => {
    counter = (counter + step) >>> 0
    let x = counter
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32
  }
  return {
    get state() {
      return counter
    },
    set state(value) {
      counter = value
    },
    next,
    skip: (numbers) => {
      counter = (counter + Math.imul(numbers, step)) >>> 0
    },
    integer: (below) => Math.floor(next() * below),
    // Box and Muller; 1 - next() is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}
