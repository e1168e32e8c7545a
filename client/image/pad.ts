/** Colours beyond the borders of UV charts. */

/**
 * Fills every texel outside `coverage` from the covered ones around it (pull-push: weighted means of ever larger blocks,
 * interpolated back), so that neither bilinear lookup nor mipmaps bleed. Covered texels stay exactly as they are.
 * Grey (0.5) where nothing is covered.
 *
 * @param texture size x size x channels
 * @param coverage size x size, not 0 on the charts
 * @returns size x size x channels
 */
export function padTexture(
  texture: Float32Array,
  size: number,
  coverage: Uint8Array,
  channels = 3,
): Float32Array {
  if (texture.length !== size * size * channels || coverage.length !== size * size) {
    throw new Error(
      `padTexture needs ${size} x ${size} x ${channels} values and ${size} x ${size} of coverage, ` +
        `got ${texture.length} and ${coverage.length}.`,
    )
  }
  const weight = new Float32Array(coverage.length)
  for (let i = 0; i < weight.length; i++) if (coverage[i]) weight[i] = 1
  return fill(texture, weight, size, channels)
}

/** How much a block counts that was itself filled, against a covered one. */
const faint = 0.02

/** Texels of weight 1 stay, the others move by 1 - weight towards the same of the image at half the size. */
function fill(texture: Float32Array, weight: Float32Array, size: number, channels: number): Float32Array {
  const result = texture.slice()
  if (size === 1) return weight[0] > 0 ? result : result.fill(0.5)
  const half = Math.ceil(size / 2)
  const mean = new Float32Array(half * half * channels)
  const total = new Float32Array(half * half)
  for (let y = 0, i = 0; y < size; y++)
    for (let x = 0; x < size; x++, i++) {
      const w = weight[i]
      if (w === 0) continue
      const to = (y >> 1) * half + (x >> 1)
      total[to] += w
      for (let c = 0; c < channels; c++) mean[to * channels + c] += w * texture[i * channels + c]
    }
  for (let i = 0; i < total.length; i++) {
    if (total[i] > 0) for (let c = 0; c < channels; c++) mean[i * channels + c] /= total[i]
    // One covered texel in a block is as good as four: it is the nearest there is.
    total[i] = Math.min(1, total[i])
  }
  const coarse = fill(mean, total, half, channels)
  for (let y = 0, i = 0; y < size; y++) {
    const row = (y >> 1) * half
    const nextRow = neighbour(y, half) * half
    for (let x = 0; x < size; x++, i++) {
      const w = weight[i]
      if (w >= 1) continue
      const nextX = neighbour(x, half)
      const a = row + (x >> 1)
      const b = row + nextX
      const d = nextRow + (x >> 1)
      const e = nextRow + nextX
      // Weights of linear interpolation between block centres, filled blocks counting little.
      const wa = 9 * (total[a] + faint)
      const wb = 3 * (total[b] + faint)
      const wd = 3 * (total[d] + faint)
      const we = total[e] + faint
      const scale = (1 - w) / (wa + wb + wd + we)
      for (let c = 0; c < channels; c++) {
        const sum =
          wa * coarse[a * channels + c] +
          wb * coarse[b * channels + c] +
          wd * coarse[d * channels + c] +
          we * coarse[e * channels + c]
        result[i * channels + c] = w * texture[i * channels + c] + scale * sum
      }
    }
  }
  return result
}

/** The block next to the one of pixel `i`, on the side that is nearer to the pixel, kept inside. */
function neighbour(i: number, half: number): number {
  return Math.min(half - 1, Math.max(0, (i >> 1) + (i % 2 ? 1 : -1)))
}
