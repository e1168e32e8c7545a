/**
 * Where a mask is set, as indices in ascending order. A plain array: colours looked up by its `map` keep their fractions,
 * which an integer array would cut off.
 */
export function texelsOf(mask: ArrayLike<number>): number[] {
  const texels: number[] = []
  for (let i = 0; i < mask.length; i++) if (mask[i]) texels.push(i)
  return texels
}
