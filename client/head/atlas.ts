/**
 * The texture of a whole head, as `headMesh` lays it out: the face's in its left half, the rest's in its right half.
 *
 * @param face N x N x 3, sRGB-encoded, 0..1
 * @param rest N x N x 3, likewise
 * @param size N
 * @returns N rows of 2N x 3
 * @throws RangeError where one of them has another size
 */
export function headAtlas(face: Float32Array, rest: Float32Array, size: number): Float32Array {
  const row = 3 * size
  for (const half of [face, rest])
    if (half.length !== row * size)
      throw new RangeError(
        `Both halves of a head's texture take ${size} x ${size} x 3 values; one has ${half.length}.`,
      )
  const atlas = new Float32Array(2 * row * size)
  for (let y = 0; y < size; y++) {
    atlas.set(face.subarray(y * row, (y + 1) * row), 2 * y * row)
    atlas.set(rest.subarray(y * row, (y + 1) * row), (2 * y + 1) * row)
  }
  return atlas
}

/** Undoes {@link headAtlas}. @returns the face's texture and the rest's */
export function atlasHalves(atlas: Float32Array, size: number): [face: Float32Array, rest: Float32Array] {
  const row = 3 * size
  const half = (side: 0 | 1) => {
    const texture = new Float32Array(row * size)
    for (let y = 0; y < size; y++)
      texture.set(atlas.subarray((2 * y + side) * row, (2 * y + side + 1) * row), y * row)
    return texture
  }
  return [half(0), half(1)]
}
