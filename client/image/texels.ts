/**
 * Where a mask is set.
 *
 * @param mask n values
 * @returns indices in ascending order, as a plain array: colours looked up by its `map` keep their fractions, which an integer
 *   array would cut off
 */
export function texelsOf(mask: ArrayLike<number>): number[] {
  const texels = new Array<number>(countOf(mask))
  for (let i = 0, count = 0; i < mask.length; i++) if (mask[i]) texels[count++] = i
  return texels
}

/** How often a mask is set. @param mask n values */
export function countOf(mask: ArrayLike<number>): number {
  let count = 0
  for (let i = 0; i < mask.length; i++) if (mask[i]) count++
  return count
}

/** 1 where something holds, else 0: `Uint8Array.from` with a function takes eight times as long. */
export function maskWhere(count: number, holds: (texel: number) => boolean): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(count)
  for (let i = 0; i < count; i++) if (holds(i)) mask[i] = 1
  return mask
}

/** The texel in the same row that lies as far from the other side of a size x size texture. */
export function mirrorTexel(texel: number, size: number): number {
  return texel + size - 1 - 2 * (texel % size)
}

/** Where a texel's centre lies in a size x size texture: u and v, 0..1. */
export function placeOf(texel: number, size: number): [u: number, v: number] {
  return [((texel % size) + 0.5) / size, (Math.floor(texel / size) + 0.5) / size]
}
