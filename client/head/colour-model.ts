/** Which colours something has: a few clusters of brightness, tint and roughness. */

import { blurWithin } from '../image/blur.ts'
import { quantile } from '../image/statistics.ts'
import { type HeadView, viewStep } from './view.ts'

export interface ColourModel {
  /** For each cluster: centre, half the inverse of the variance (both F), log of its share over its volume. */
  clusters: { centre: Float64Array; precision: Float64Array; level: number }[]
}

/** Brightness, red and blue against green, roughness; in units in which they count alike. */
export const featureCount = 4
const scale = { brightness: 1, tint: 3, roughness: 0.4 }
/** Centimetres: roughness is what differs from the surroundings of this size, in the mean over that. */
const rough = { detail: 0.35, around: 0.45 }
const clusterCount = 4
const lloydRounds = 6
/** No cluster is narrower, lest a few pixels of one colour outdo all else. */
const narrowest = 0.16
/** A cluster of a smaller share is left out. */
const smallest = 0.01
/** Fewer pixels tell no colours. */
const fewest = 40
/** What is less likely than this is of a colour that nobody has seen: as unlikely for all. */
const unlikeliest = -9

/** @returns P x F */
export function colourFeatures({ width, height, colour, shown }: HeadView): Float32Array {
  const weight = Float32Array.from(shown)
  const level = new Float32Array(width * height)
  const features = new Float32Array(featureCount * width * height)
  for (let i = 0; i < level.length; i++) {
    const r = Math.log(colour[3 * i] + 8)
    const g = Math.log(colour[3 * i + 1] + 8)
    const b = Math.log(colour[3 * i + 2] + 8)
    level[i] = (r + g + b) / 3
    features[featureCount * i] = scale.brightness * level[i]
    features[featureCount * i + 1] = scale.tint * (r - g)
    features[featureCount * i + 2] = scale.tint * (b - g)
  }
  const smooth = blurWithin(level, width, height, 1, rough.detail / viewStep, weight)
  const off = level.map((value, i) => Math.abs(value - smooth[i]))
  const around = blurWithin(off, width, height, 1, rough.around / viewStep, weight)
  for (let i = 0; i < level.length; i++)
    features[featureCount * i + 3] = scale.roughness * Math.log(around[i] + 0.01)
  return features
}

/**
 * Clusters of what some pixels look like, by Lloyd's rounds from quantiles of their brightness.
 *
 * @param features P x F
 * @param pixels which of them
 * @param weight P, at least 0
 * @returns null: too few to tell
 */
export function colourModel(
  features: Float32Array,
  pixels: readonly number[],
  weight: Float32Array,
): ColourModel | null {
  if (pixels.length < fewest) return null
  let centres = quantiles(features, pixels)
  let member = nearest(features, pixels, centres)
  for (let round = 1; round < lloydRounds; round++) {
    centres = means(features, pixels, weight, member, centres).centres
    member = nearest(features, pixels, centres)
  }
  const { mass, centres: last } = means(features, pixels, weight, member, centres)
  const variance = last.map(() => new Float64Array(featureCount))
  for (let n = 0; n < member.length; n++) {
    const k = member[n]
    for (let c = 0; c < featureCount; c++)
      variance[k][c] += weight[pixels[n]] * (features[featureCount * pixels[n] + c] - last[k][c]) ** 2
  }
  const total = mass.reduce((sum, m) => sum + m, 0)
  const clusters = last.map((centre, k) => {
    const deviation = variance[k].map((v) => Math.sqrt(v / Math.max(1e-9, mass[k]) + narrowest ** 2))
    const volume = deviation.reduce((sum, d) => sum + Math.log(d), 0)
    const precision = deviation.map((d) => 1 / (2 * d * d))
    return { centre, precision, level: Math.log(mass[k] / total) - volume }
  })
  return { clusters: clusters.filter((_, k) => mass[k] > smallest * total) }
}

/** From dark to bright, one a cluster. */
function quantiles(features: Float32Array, pixels: readonly number[]): Float64Array[] {
  const levels = Float32Array.from(pixels, (pixel) => features[featureCount * pixel])
  return Array.from({ length: clusterCount }, (_, k) => {
    const level = quantile(levels, (k + 0.5) / clusterCount, 1)!
    // Of several as bright the one that sorting would bring there.
    let place = Math.floor(((k + 0.5) / clusterCount) * levels.length)
    for (const other of levels) if (other < level) place--
    const pixel = pixels.find((_, n) => levels[n] === level && place-- === 0)!
    return Float64Array.from(features.subarray(featureCount * pixel, featureCount * (pixel + 1)))
  })
}

/** For each of the pixels the nearest centre. */
function nearest(
  features: Float32Array,
  pixels: readonly number[],
  centres: readonly Float64Array[],
): Uint8Array {
  const member = new Uint8Array(pixels.length)
  for (let n = 0; n < pixels.length; n++) {
    const at = featureCount * pixels[n]
    let best = Number.POSITIVE_INFINITY
    for (let k = 0; k < centres.length; k++) {
      let d = 0
      for (let c = 0; c < featureCount; c++) d += (features[at + c] - centres[k][c]) ** 2
      if (d >= best) continue
      best = d
      member[n] = k
    }
  }
  return member
}

/** The weight of each cluster and its members' weighted mean; one without weight stays where it was. */
function means(
  features: Float32Array,
  pixels: readonly number[],
  weight: Float32Array,
  member: Uint8Array,
  centres: readonly Float64Array[],
): { mass: Float64Array; centres: Float64Array[] } {
  const mass = new Float64Array(centres.length)
  const sums = centres.map(() => new Float64Array(featureCount))
  for (let n = 0; n < member.length; n++) {
    const k = member[n]
    const w = weight[pixels[n]]
    mass[k] += w
    for (let c = 0; c < featureCount; c++) sums[k][c] += w * features[featureCount * pixels[n] + c]
  }
  return {
    mass,
    centres: sums.map((sum, k) => (mass[k] > 0 ? sum.map((value) => value / mass[k]) : centres[k])),
  }
}

/** What a cluster adds is nothing where it is this much less likely than the unlikeliest, log units. */
const nothing = 7

/** Log likelihood of a colour, up to a constant. @param features P x F @param pixel which of them */
export function colourModelFit(model: ColourModel | null, features: Float32Array, pixel = 0): number {
  if (!model) return unlikeliest
  const at = featureCount * pixel
  let sum = 0
  for (const { centre, precision, level } of model.clusters) {
    let fit = level
    for (let c = 0; c < featureCount; c++) fit -= precision[c] * (features[at + c] - centre[c]) ** 2
    if (fit > unlikeliest - nothing) sum += Math.exp(fit)
  }
  return sum > 0 ? Math.log(Math.exp(unlikeliest) + sum) : unlikeliest
}
