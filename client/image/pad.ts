/** Colours beyond the borders of UV charts. */

/**
 * Fills every texel outside `coverage` from the covered ones around it (pull-push: weighted means of ever larger blocks,
 * interpolated back), so that neither bilinear lookup nor mipmaps bleed. Covered texels stay exactly as they are.
 * Grey (0.5) where nothing is covered.
 *
 * @param texture size x size x 3
 * @param coverage size x size, not 0 on the charts
 * @returns size x size x 3
 */
export function padTexture(texture: Float32Array, size: number, coverage: Uint8Array): Float32Array {
  if (texture.length !== size * size * 3 || coverage.length !== size * size) {
    throw new Error(
      `padTexture needs ${size} x ${size} x 3 values and ${size} x ${size} of coverage, ` +
        `got ${texture.length} and ${coverage.length}.`,
    )
  }
  const weight = Float32Array.from(coverage, (value) => (value ? 1 : 0))
  return fill(texture, weight, size)
}

/** How much a block counts that was itself filled, against a covered one. */
const faint = 0.02

/** Texels of weight 1 stay, the others move by 1 - weight towards the same of the image at half the size. */
function fill(texture: Float32Array, weight: Float32Array, size: number): Float32Array {
  const result = new Float32Array(texture.length)
  if (size === 1) {
    for (let c = 0; c < 3; c++) result[c] = weight[0] > 0 ? texture[c] : 0.5
    return result
  }
  const half = Math.ceil(size / 2)
  const mean = new Float32Array(half * half * 3)
  const total = new Float32Array(half * half)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = y * size + x
      const to = (y >> 1) * half + (x >> 1)
      total[to] += weight[from]
      for (let c = 0; c < 3; c++) mean[to * 3 + c] += weight[from] * texture[from * 3 + c]
    }
  }
  for (let i = 0; i < total.length; i++) {
    for (let c = 0; c < 3; c++) if (total[i] > 0) mean[i * 3 + c] /= total[i]
    // One covered texel in a block is as good as four: it is the nearest there is.
    total[i] = Math.min(1, total[i])
  }
  const coarse = fill(mean, total, half)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x
      if (weight[i] >= 1) {
        for (let c = 0; c < 3; c++) result[i * 3 + c] = texture[i * 3 + c]
        continue
      }
      const nextX = neighbour(x, half)
      const nextY = neighbour(y, half)
      const a = (y >> 1) * half + (x >> 1)
      const b = (y >> 1) * half + nextX
      const d = nextY * half + (x >> 1)
      const e = nextY * half + nextX
      // Weights of linear interpolation between block centres, filled blocks counting little.
      const wa = 9 * (total[a] + faint)
      const wb = 3 * (total[b] + faint)
      const wd = 3 * (total[d] + faint)
      const we = total[e] + faint
      for (let c = 0; c < 3; c++) {
        const sum =
          wa * coarse[a * 3 + c] + wb * coarse[b * 3 + c] + wd * coarse[d * 3 + c] + we * coarse[e * 3 + c]
        const wide = sum / (wa + wb + wd + we)
        result[i * 3 + c] = weight[i] * texture[i * 3 + c] + (1 - weight[i]) * wide
      }
    }
  }
  return result
}

/** The block next to the one of pixel `i`, on the side that is nearer to the pixel, kept inside. */
function neighbour(i: number, half: number): number {
  return Math.min(half - 1, Math.max(0, (i >> 1) + (i % 2 ? 1 : -1)))
}
