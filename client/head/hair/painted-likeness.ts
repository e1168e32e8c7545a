/** Hair or skin? What tells them apart on one photo. */

import { resize } from '../../image/resize.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { median } from '../../image/statistics.ts'
import { blurWithin } from '../blur-within.ts'
import type { HairColour } from './hair-colour.ts'

/** What the photo shows in some texture layout. */
export interface SeenTexture {
  size: number
  /** N x N x 3, log domain. */
  log: Float32Array
  /** N x N, 0..1 */
  weight: Float32Array
  /** Centimetres that the side of the texture is long. */
  side: number
}

/** Each texel's brightness, red and blue against green, and how rough it is, M x M each. */
export interface Look {
  /** N of the texture that it is the look of. */
  size: number
  /** M, at most N: texels of `texel` centimetres tell hair from skin as well. */
  side: number
  weight: Float32Array
  level: Float32Array
  red: Float32Array
  blue: Float32Array
  rough: Float32Array
}

const texel = 0.085
/** Roughness counts by its logarithm, this (log units of brightness) added. */
const leastRough = 0.01
/** Centimetres over which colour is averaged; what differs from the mean over `fine` is rough, averaged over `coarse`. */
const reach = { colour: 0.08, fine: 0.085, coarse: 0.17 }
/** How much each part of the look counts. By a search on 19 portraits. */
const share = { level: 0.8, chroma: 2.5, rough: 0.35 }
/** On the way from skin to hair: up to `from` it is skin, beyond `to` it is hair. */
const between = { from: 0.32, to: 0.68 }
/** Hair that differs from skin by less can't be told from it; beyond `to` it can for certain. */
const apart = { from: 0.22, to: 0.34 }
/** What lies further than this off the way from skin to hair is neither (a hat, cloth, the background). */
const aside = { from: 0.75, to: 1.15 }

/** What is no skin and brighter than skin and hair by more than this is the background: log units. By eye. */
const glare = { from: 0.3, to: 0.6 }

export interface HairLikeness {
  /** N x N, 0 (this person's skin) to 1 (this person's hair). */
  hair: Float32Array
  /** N x N, 0..1: is it one of both at all? */
  either: Float32Array
}

export interface LookOfPart {
  look: Look
  /** N x N, 1 where the part is seen. */
  mask: Uint8Array
}

/** Tells this person's hair from this person's skin. */
export interface HairJudge {
  /** 0..1: how far the two can be told apart. */
  sure: number
  /** Does the photo show hair there? */
  judge(look: Look): HairLikeness
}

/**
 * A linear discriminant between the face's skin and the hair seen on the scalp, by brightness, chroma and roughness.
 *
 * @param face where it shows plain skin
 * @param scalp where it shows no skin
 */
export function hairJudge(
  face: LookOfPart,
  scalp: LookOfPart,
  { middle }: Pick<HairColour, 'middle'>,
): HairJudge {
  const ofSkin = middleOf(face)
  const [r, g, b] = middle
  const rough = middleOf(scalp)[3]
  const ofHair = [(r + g + b) / 3, r - g, b - g, Math.max(rough, ofSkin[3])]
  const weights = [share.level, share.chroma, share.chroma, share.rough]
  const way = weights.map((weight, k) => weight * (ofHair[k] - ofSkin[k]))
  const length = Math.max(1e-6, Math.hypot(...way))
  return {
    sure: smoothstep(apart.from, apart.to, length),
    judge: (look) => judge(look, ofSkin, way, length, Math.max(ofSkin[0], ofHair[0])),
  }
}

function judge(
  look: Look,
  [s0, s1, s2, s3]: readonly number[],
  [w0, w1, w2, w3]: readonly number[],
  length: number,
  brightest: number,
): HairLikeness {
  const { size, side, weight } = look
  const hair = new Float32Array(weight.length)
  const either = new Float32Array(weight.length)
  for (let i = 0; i < hair.length; i++) {
    if (weight[i] === 0) continue
    const a = share.level * (look.level[i] - s0)
    const b = share.chroma * (look.red[i] - s1)
    const c = share.chroma * (look.blue[i] - s2)
    const d = share.rough * (look.rough[i] - s3)
    const t = (a * w0 + b * w1 + c * w2 + d * w3) / (length * length)
    // Off the way by colour: shadows and highlights are as dark and bright as they like.
    const off = Math.sqrt((b - t * w1) ** 2 + (c - t * w2) ** 2)
    hair[i] = smoothstep(between.from, between.to, t)
    // Skin shines; hair as bright is something else.
    const over = hair[i] * smoothstep(glare.from, glare.to, look.level[i] - brightest)
    either[i] = (1 - smoothstep(aside.from, aside.to, off)) * (1 - over)
  }
  const [fullHair, fullEither] = [hair, either].map((image) =>
    side === size ? image : resize(image, side, side, 1, size, size),
  )
  return { hair: fullHair, either: fullEither }
}

export function lookOf(seen: SeenTexture): Look {
  const side = Math.min(seen.size, Math.round(seen.side / texel))
  const { log, weight } = side === seen.size ? seen : reduced(seen, side)
  const texels = (centimetres: number) => (centimetres * side) / seen.side
  const n = side * side
  const level = new Float32Array(n)
  for (let i = 0; i < n; i++) level[i] = (log[3 * i] + log[3 * i + 1] + log[3 * i + 2]) / 3
  const smooth = blurWithin(level, weight, side, 1, texels(reach.fine))
  const deviation = new Float32Array(n)
  for (let i = 0; i < n; i++) deviation[i] = weight[i] > 0 ? Math.abs(level[i] - smooth[i]) : 0
  const rough = blurWithin(deviation, weight, side, 1, texels(reach.coarse))
  const colour = blurWithin(log, weight, side, 3, texels(reach.colour))
  const red = new Float32Array(n)
  const blue = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const r = colour[3 * i]
    const g = colour[3 * i + 1]
    const b = colour[3 * i + 2]
    level[i] = (r + g + b) / 3
    red[i] = r - g
    blue[i] = b - g
    rough[i] = Math.log(rough[i] + leastRough)
  }
  return { size: seen.size, side, weight, level, red, blue, rough }
}

/** The texture in fewer texels; what has no weight counts nothing. */
function reduced({ size, log, weight }: SeenTexture, side: number): Pick<SeenTexture, 'log' | 'weight'> {
  const weighted = new Float32Array(log.length)
  for (let i = 0; i < weight.length; i++)
    if (weight[i] > 0) for (let k = 3 * i; k < 3 * i + 3; k++) weighted[k] = weight[i] * log[k]
  const small = resize(weighted, size, size, 3, side, side)
  const mass = resize(weight, size, size, 1, side, side)
  for (let i = 0; i < mass.length; i++)
    for (let k = 3 * i; k < 3 * i + 3; k++) small[k] /= Math.max(1e-6, mass[i])
  return { log: small, weight: mass }
}

function middleOf({ look, mask }: LookOfPart): number[] {
  const { size, side, level, red, blue, rough } = look
  const step = size / side
  const seen: number[] = []
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (mask[Math.floor((y + 0.5) * step) * size + Math.floor((x + 0.5) * step)]) seen.push(y * side + x)
  return [level, red, blue, rough].map((part) => {
    const values = new Float32Array(seen.length)
    for (let k = 0; k < seen.length; k++) values[k] = part[seen[k]]
    return median(values, 1) ?? 0
  })
}
