/** Growing and shrinking of masks by a disc. */

/**
 * Every pixel within `radius` (Euclidean, pixels) of a non-zero pixel.
 *
 * @param mask height x width, 0 or not 0
 * @returns height x width, 0 or 1
 */
export function dilate(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  return near(mask, width, height, radius, true)
}

/**
 * Every non-zero pixel that is farther than `radius` (Euclidean, pixels) from all zero pixels. The image's border does
 * not count as zero.
 *
 * @param mask height x width, 0 or not 0
 * @returns height x width, 0 or 1
 */
export function erode(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const hit = near(mask, width, height, radius, false)
  return hit.map((value) => 1 - value)
}

/** 1 within `radius` of a pixel that is set (or, for `set` = false, of one that is not). */
function near(mask: Uint8Array, width: number, height: number, radius: number, set: boolean): Uint8Array {
  if (mask.length !== width * height) {
    throw new Error(`A mask of ${width} x ${height} has ${width * height} values, got ${mask.length}.`)
  }
  const far = width + height
  // Distance along the row, then the disc's chord at each row offset.
  const distance = new Int32Array(mask.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0, last = -far; x < width; x++) {
      const i = y * width + x
      if ((mask[i] !== 0) === set) last = x
      distance[i] = x - last
    }
    for (let x = width - 1, last = 2 * far; x >= 0; x--) {
      const i = y * width + x
      if ((mask[i] !== 0) === set) last = x
      distance[i] = Math.min(distance[i], last - x)
    }
  }
  const result = new Uint8Array(mask.length)
  const rows = Math.floor(radius)
  for (let offset = -rows; offset <= rows; offset++) {
    const chord = Math.floor(Math.sqrt(radius * radius - offset * offset))
    for (let y = Math.max(0, -offset); y < Math.min(height, height - offset); y++) {
      const from = (y + offset) * width
      for (let x = 0; x < width; x++) if (distance[from + x] <= chord) result[y * width + x] = 1
    }
  }
  return result
}
