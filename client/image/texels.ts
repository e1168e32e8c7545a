/**
 * Where a mask is set.
 *
 * @param mask n values
 * @returns indices in ascending order, as a plain array: colours looked up by its `map` keep their fractions, which an integer
 *   array would cut off
 */
export function texelsOf(mask: ArrayLike<number>): number[] {
  const texels: number[] = []
  for (let i = 0; i < mask.length; i++) if (mask[i]) texels.push(i)
  return texels
}

/** Where a texel's centre lies in a size x size texture: u and v, 0..1. */
export function placeOf(texel: number, size: number): [u: number, v: number] {
  return [((texel % size) + 0.5) / size, (Math.floor(texel / size) + 0.5) / size]
}
