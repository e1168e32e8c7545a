/**
 * Distances on the face are given in texels of a 256 px texture, so that a texture of any size means the same millimetres.
 *
 * @param size N: side of a texture in texels
 * @returns how many of its texels one of those is
 * @example texelUnit(512) // -> 2
 */
export function texelUnit(size: number): number {
  return size / 256
}
