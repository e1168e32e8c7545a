/** Comparing one part of a texture by measures that look at windows of it. */

/**
 * The truth with the texture's texels in a region: all that lies outside it is then equal, and windows that reach
 * beyond its border find plausible neighbours there instead of an edge.
 *
 * @param truth texels x 3
 * @param texture texels x 3
 * @param region texels, not 0 where the texture shows
 * @returns texels x 3, a copy
 */
export function pasted(truth: Float32Array, texture: Float32Array, region: ArrayLike<number>): Float32Array {
  if (truth.length !== texture.length || truth.length !== 3 * region.length)
    throw new Error(
      `A truth of ${truth.length} values, a texture of ${texture.length} and a region of ${region.length} texels do not belong together: give 3 values a texel.`,
    )
  const result = truth.slice()
  for (let i = 0; i < region.length; i++) if (region[i]) result.set(texture.subarray(3 * i, 3 * i + 3), 3 * i)
  return result
}
