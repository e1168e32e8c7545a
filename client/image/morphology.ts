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
  const result = near(mask, width, height, radius, false)
  for (let i = 0; i < result.length; i++) result[i] = 1 - result[i]
  return result
}

/** 1 within `radius` of a pixel that is set (or, for `set` = false, of one that is not). */
function near(mask: Uint8Array, width: number, height: number, radius: number, set: boolean): Uint8Array {
  if (mask.length !== width * height) {
    throw new Error(`A mask of ${width} x ${height} has ${width * height} values, got ${mask.length}.`)
  }
  const far = width + height
  // Distance along the row, and from it how far up and down the disc reaches there; -1 where not even its middle does.
  const reach = new Int32Array(mask.length)
  const reachAt = Int32Array.from({ length: Math.floor(Math.max(0, radius)) + 1 }, (_, d) =>
    Math.floor(Math.sqrt(radius * radius - d * d)),
  )
  for (let y = 0; y < height; y++) {
    for (let x = 0, last = -far; x < width; x++) {
      const i = y * width + x
      if ((mask[i] !== 0) === set) last = x
      reach[i] = x - last
    }
    for (let x = width - 1, last = 2 * far; x >= 0; x--) {
      const i = y * width + x
      if ((mask[i] !== 0) === set) last = x
      const distance = Math.min(reach[i], last - x)
      reach[i] = distance < reachAt.length ? reachAt[distance] : -1
    }
  }
  const result = new Uint8Array(mask.length)
  // Down, then up: to which row do the discs of the rows before reach?
  const until = new Int32Array(width).fill(-1)
  for (let y = 0; y < height; y++)
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (reach[i] >= 0 && y + reach[i] > until[x]) until[x] = y + reach[i]
      if (y <= until[x]) result[i] = 1
    }
  until.fill(height)
  for (let y = height - 1; y >= 0; y--)
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (reach[i] >= 0 && y - reach[i] < until[x]) until[x] = y - reach[i]
      if (y >= until[x]) result[i] = 1
    }
  return result
}
