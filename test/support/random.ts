/** Seeded numbers for tests: uniform in [low, high). */
export function randomArray(length: number, seed: number, low = -1, high = 1): Float32Array {
  let state = seed * 2654435761 + 12345
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return low + (high - low) * (state / 2 ** 32)
  })
}
