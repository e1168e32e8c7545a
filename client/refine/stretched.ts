/**
 * The picture that the official code saves at a round's end and starts the next round from (README, row 3): clipped to
 * -1..1, stretched so that its least value over all channels becomes 0 and its greatest 1, cut to 8 bits, black beside the
 * face. It shifts and scales every colour; here to reproduce that code, not to use it.
 *
 * @param planar 3 x N x N, -1..1 and beyond
 * @param coverage N x N: 1 on the face
 * @returns N x N x 3, 0..1
 */
export function stretched(planar: Float32Array, coverage: Uint8Array): Float32Array {
  const area = coverage.length
  const clipped = planar.map((value) => Math.min(1, Math.max(-1, value)))
  const least = clipped.reduce((a, b) => Math.min(a, b))
  const range = clipped.reduce((a, b) => Math.max(a, b)) - least
  return new Float32Array(3 * area).map((_, k) => {
    const i = Math.floor(k / 3)
    const value = clipped[(k % 3) * area + i]
    return range > 0 && coverage[i] ? Math.floor((255 * (value - least)) / range) / 255 : 0
  })
}
