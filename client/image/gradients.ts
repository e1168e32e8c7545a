/** Which differences between neighbouring texels a solve is given. */

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
 * @returns N x N x 3 each
 */
export function composeGradients(
  size: number,
  sources: GradientSource[],
): { gx: Float32Array; gy: Float32Array } {
  const gx = new Float32Array(size * size * 3)
  const gy = new Float32Array(size * size * 3)
  const link = (out: Float32Array, from: number, to: number) => {
    for (const { texture, knows, steepest = Number.POSITIVE_INFINITY } of sources) {
      if (!knows(from) || !knows(to)) continue
      let step = 0
      for (let c = 0; c < 3; c++) step = Math.max(step, Math.abs(texture[to * 3 + c] - texture[from * 3 + c]))
      if (step > steepest) continue
      for (let c = 0; c < 3; c++) out[from * 3 + c] = texture[to * 3 + c] - texture[from * 3 + c]
      return
    }
  }
  for (let i = 0; i < size * size; i++) {
    if (i % size < size - 1) link(gx, i, i + 1)
    if (i + size < size * size) link(gy, i, i + size)
  }
  return { gx, gy }
}
