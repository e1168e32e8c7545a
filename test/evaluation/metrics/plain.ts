/** What can be measured of a finished texture without knowing the truth. */

import type { Capture } from '../../../client/face/types.ts'
import { mirrorTexture, toLog } from '../../../client/image/log-texture.ts'
import { dilate } from '../../../client/image/morphology.ts'

/** A texel that the photo shows has more weight than this, one that it does not has less than that. */
const seenFrom = 0.5
const unseenBelow = 0.1
/** "Near" the border between seen and unseen: texels, as a share of the texture's side. */
const near = 1 / 32
/** How far the edges of eyes, brows and lips reach beyond their outlines, the same. */
const featureEdge = 1 / 51
/** Rec. 601 */
const luma = [0.299, 0.587, 0.114]

/**
 * Mean gradient energy of log luma on skin that the photo does not show over that on skin that it shows. Logarithms make
 * it independent of how brightly either part is lit; eyes, brows and lips are left out. What a photo does not show is
 * mostly the smooth rim of the face (good textures of frontal portraits reach 0.1 to 0.4): compare methods on one photo.
 *
 * @param texture size x size x 3, 0..1
 * @returns 1: alike, less: the unseen part is blurred, more: it is noisier. null where a part is missing or the seen one
 *   is perfectly flat
 */
export function sharpness(
  texture: Float32Array,
  { size, coverage, weight, features }: Pick<Capture, 'size' | 'coverage' | 'weight' | 'features'>,
): number | null {
  const edged = dilate(features, size, size, featureEdge * size)
  const skin = (i: number) => coverage[i] && !edged[i]
  const logLuma = lumaOf(toLog(texture))
  const energyOf = (has: (i: number) => unknown) => {
    const [x, y] = overPairs(
      size,
      (i, j) => has(i) && has(j),
      (i, j) => (logLuma[i] - logLuma[j]) ** 2,
    )
    return x.count + y.count ? (x.sum + y.sum) / (x.count + y.count) : null
  }
  const seen = energyOf((i) => skin(i) && weight[i] > seenFrom)
  const unseen = energyOf((i) => skin(i) && weight[i] < unseenBelow)
  return seen && unseen !== null ? unseen / seen : null
}

/**
 * Mean absolute step between neighbours on either side of the border around the seen part (weight 0.5, where a blend by
 * weight changes most) over the mean step between neighbours on one side, within 1/32 of the texture's side of it.
 *
 * @param texture size x size x 3, 0..1
 * @returns 1: no seam; null where there is no border, or nothing but flat colour around it
 */
export function seam(
  texture: Float32Array,
  { size, coverage, weight }: Pick<Capture, 'size' | 'coverage' | 'weight'>,
): number | null {
  const step = (i: number, j: number) =>
    [0, 1, 2].reduce((sum, c) => sum + Math.abs(texture[3 * i + c] - texture[3 * j + c]) / 3, 0)
  const covered = (i: number, j: number) => coverage[i] && coverage[j]
  const crosses = (i: number, j: number) => weight[i] > seenFrom !== weight[j] > seenFrom
  const border = new Uint8Array(size * size)
  const across = overPairs(
    size,
    (i, j) => covered(i, j) && crosses(i, j),
    (i, j) => {
      border[i] = border[j] = 1
      return step(i, j)
    },
  )
  const around = dilate(border, size, size, Math.max(2, Math.round(near * size)))
  const usual = overPairs(size, (i, j) => covered(i, j) && !crosses(i, j) && around[i] && around[j], step)
  // What the border's steps would sum up to without it, axis by axis: shading has a direction, and so has the border.
  let expected = 0
  across.forEach(({ count }, axis) => {
    if (count && usual[axis].count) expected += (count * usual[axis].sum) / usual[axis].count
  })
  return expected > 0 ? (across[0].sum + across[1].sum) / expected : null
}

/**
 * Mean absolute difference of texels and their left-right partners, where both lie on the mesh.
 *
 * @param texture size x size x 3, 0..1
 * @returns 0..1; null for a layout without symmetry
 */
export function asymmetry(
  texture: Float32Array,
  { size, coverage, symmetric }: Pick<Capture, 'size' | 'coverage' | 'symmetric'>,
): number | null {
  if (!symmetric) return null
  const mirrored = mirrorTexture(texture, size, 3)
  const partner = mirrorTexture(coverage, size, 1)
  let sum = 0
  let count = 0
  for (let i = 0; i < coverage.length; i++) {
    if (!coverage[i] || !partner[i]) continue
    for (let c = 0; c < 3; c++) sum += Math.abs(texture[3 * i + c] - mirrored[3 * i + c])
    count += 3
  }
  return count ? sum / count : null
}

function lumaOf(image: Float32Array): Float32Array {
  return Float32Array.from(
    { length: image.length / 3 },
    (_, i) => luma[0] * image[3 * i] + luma[1] * image[3 * i + 1] + luma[2] * image[3 * i + 2],
  )
}

interface Pairs {
  sum: number
  count: number
}

/** Sums over pairs of neighbours: side by side, then one below the other. */
function overPairs(
  size: number,
  used: (i: number, j: number) => unknown,
  measure: (i: number, j: number) => number,
): [Pairs, Pairs] {
  const along = (axis: 'x' | 'y'): Pairs => {
    const pairs = { sum: 0, count: 0 }
    const distance = axis === 'x' ? 1 : size
    for (let i = 0; i + distance < size * size; i++) {
      if ((axis === 'x' && i % size === size - 1) || !used(i, i + distance)) continue
      pairs.sum += measure(i, i + distance)
      pairs.count++
    }
    return pairs
  }
  return [along('x'), along('y')]
}
