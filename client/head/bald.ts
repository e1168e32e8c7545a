/** Is the head bald? Of one that is, the photo shows skin where others have hair. */

import { outerEyeCorners } from '../face/contours.ts'
import type { Capture, Mesh, Unwrap } from '../face/types.ts'
import { blurWithin } from '../image/blur.ts'
import { toLog } from '../image/log-texture.ts'
import { textureSides } from './texture-sides.ts'

/** The scalp begins this far above the eyes, centimetres. By eye. */
const aboveEyes = 2
/** It is bald where this share of what is seen of it has skin's colour, by eye, */
const leastSkin = 0.6
/**
 * and its detail is at most so many times as strong as the face's: grey and fair hair has skin's colour as well. Of 26 portraits two
 * are bald (.36 and .46) and three have short hair of skin's colour (1.06 to 1.79).
 */
const roughest = 0.75
/** Detail is what differs from the mean over this distance: centimetres. */
const detail = 0.3

/** Does a vertex belong to the scalp, forehead above the face included? */
export function scalpOf({ positions }: Pick<Mesh, 'positions'>): (v: number) => boolean {
  const eyes = outerEyeCorners.reduce((sum, v) => sum + positions[3 * v + 1] / 2, 0)
  return (v) => positions[3 * v + 1] > eyes + aboveEyes
}

/**
 * @param unwrap the photo in the layout of the rest of the head
 * @param likeness N x N, 0..1: has a texel skin's colour?
 * @param onScalp is a texel on the scalp?
 */
export function isBald(
  unwrap: Unwrap,
  likeness: Float32Array,
  onScalp: (texel: number) => boolean,
  { size, sampled, weight, features }: Pick<Capture, 'size' | 'sampled' | 'weight' | 'features'>,
): boolean {
  const skin = new Float32Array(likeness.length)
  let [seen, alike] = [0, 0]
  for (let i = 0; i < skin.length; i++) {
    if (unwrap.weight[i] <= 0.5 || !onScalp(i)) continue
    seen++
    if (likeness[i] <= 0.3) continue
    alike++
    skin[i] = 1
  }
  if (seen === 0 || alike < leastSkin * seen) return false
  const face = weight.map((w, i) => (w > 0.6 && !features[i] ? 1 : 0))
  const ofScalp = roughness(unwrap.sampled, unwrap.size, skin, textureSides.rest)
  return ofScalp < roughest * roughness(sampled, size, face, textureSides.face)
}

/** Mean difference of brightness from its surroundings, log units, where `mask` is 1. */
function roughness(sampled: Float32Array, size: number, mask: Float32Array, side: number): number {
  const log = toLog(sampled)
  const brightness = mask.map((_, i) => (log[3 * i] + log[3 * i + 1] + log[3 * i + 2]) / 3)
  const smooth = blurWithin(brightness, size, size, 1, (detail * size) / side, mask)
  let sum = 0
  let count = 0
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue
    sum += Math.abs(brightness[i] - smooth[i])
    count++
  }
  return sum / Math.max(1, count)
}
