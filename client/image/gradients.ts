/** Which differences between neighbouring texels a solve is given. */

import { maskWhere } from './texels.ts'

/** One candidate for the differences between neighbouring texels. */
export interface GradientSource {
  /** N x N x 3 */
  texture: Float32Array
  /** Does this source know the texel? A link counts where both its ends are known. */
  knows: (texel: number) => boolean
  /** A link counts where its difference is no greater than this in any channel. Default: always. */
  steepest?: number
}

/**
 * Differences to the right and lower neighbour, each from the first source that knows both ends; 0 where none does.
 *
 * @param size N
 * @param wanted N x N, not 0 on texels whose links are wanted: between others, they are 0. Default: all
 * @returns N x N x 3 each
 */
export function composeGradients(
  size: number,
  sources: GradientSource[],
  wanted?: ArrayLike<number>,
): { gx: Float32Array; gy: Float32Array } {
  const gx = new Float32Array(size * size * 3)
  const gy = new Float32Array(size * size * 3)
  const known = sources.map(({ knows }) => maskWhere(size * size, knows))
  const link = (out: Float32Array, from: number, to: number) => {
    for (let s = 0; s < sources.length; s++) {
      if (known[s][from] === 0 || known[s][to] === 0) continue
      const { texture, steepest = Number.POSITIVE_INFINITY } = sources[s]
      const a = 3 * from
      const b = 3 * to
      const red = texture[b] - texture[a]
      const green = texture[b + 1] - texture[a + 1]
      const blue = texture[b + 2] - texture[a + 2]
      if (Math.max(Math.abs(red), Math.abs(green), Math.abs(blue)) > steepest) continue
      out[a] = red
      out[a + 1] = green
      out[a + 2] = blue
      return
    }
  }
  for (let i = 0; i < size * size; i++) {
    const here = !wanted || wanted[i]
    if (i % size < size - 1 && (here || wanted[i + 1])) link(gx, i, i + 1)
    if (i + size < size * size && (here || wanted[i + size])) link(gy, i, i + size)
  }
  return { gx, gy }
}
