/**
 * The hidden side: the held-out-gain screened mirror.
 *
 * Detail comes from the mirrored side. Low frequencies come from a smooth prior (this person's skin, shaded), moved
 * towards the mirror by an amount that this very photo teaches: where the far side is seen, how well would mirroring
 * have predicted it? Where it is seen at a grazing angle, the light there is the light (grazing-light.ts). What neither
 * side shows is skin in the light of the rest (unseen-skin.ts), of the rest's grain (grain.ts), with the features of a face
 * in general (usual-features.ts).
 */

import { outlineStep, shownFrom } from '../../face/confidence.ts'
import { Evidence } from '../../face/evidence.ts'
import { mouthTexels } from '../../face/mouth-chart.ts'
import { texelUnit } from '../../face/texel-unit.ts'
import type { Unwrap } from '../../face/types.ts'
import { usualFeatures } from '../../face/usual-features.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { composeGradients, type GradientSource } from '../../image/gradients.ts'
import { mirrorTexture, toLog } from '../../image/log-texture.ts'
import { erode } from '../../image/morphology.ts'
import { solveScreenedPoisson } from '../../image/poisson.ts'
import { type TexelSources, texelSources } from '../unwrap/texel-sources.ts'
import { grain } from './grain.ts'
import { grazingLight } from './grazing-light.ts'
import { evenSkin, featureZone, fitShading } from './shading.ts'
import { unseenSkin } from './unseen-skin.ts'
import { usualMouth } from './usual-mouth.ts'
import { asVividAs, vividness } from './vividness.ts'

/** The prior's share of the fitted shading: a fit to one half overstates what the other half does. */
const priorStrength = 0.5
/** Pull towards the target at 256 px where the mirror supplies the detail. */
const mirroredPull = 0.1
/** Added to the pull where a grazing view tells the light. */
const grazingPull = 0.5
/** Where the lips are in UV: left, right, top, bottom. */
const lips = [0.4, 0.6, 0.65, 0.75]
/** Blur (texels at 256 px) that separates shading from detail in the held-out test. */
const shadingSigma = 6
/** Expected error of a low-frequency prediction, log units, and the gain to assume without evidence. */
const noise = 0.12
const usualGain = 0.3

export interface HiddenSide {
  /** N x N x 3 in the log domain ({@link toLog}), 0 outside the charts. */
  log: Float32Array
  /** 0..1: how far low frequencies follow the mirror. */
  gain: number
}

/** Fills what the photo does not show of a symmetric layout. Four Poisson solves. */
export function hiddenSide(unwrap: Unwrap): HiddenSide {
  const { size, coverage, sampled } = unwrap
  const sources = texelSources(unwrap)
  const { source, fixed, mirroredWeight } = sources
  const log = toLog(sampled)
  const features = featureZone(unwrap)
  const skin = evenSkin(unwrap, log, features)
  const shading = fitShading(unwrap, log, skin)

  const own: GradientSource = { texture: log, knows: (i) => source[i] === Evidence.own }
  // Better a grazing view of this side than the mirror or the prior: no face is symmetric. But a step in it is the face's
  // outline against what is behind.
  const grazing: GradientSource = {
    texture: log,
    knows: (i) => unwrap.weight[i] > shownFrom,
    steepest: outlineStep / texelUnit(size),
  }
  const prior: GradientSource = {
    texture: shading.map((value) => priorStrength * value),
    knows: () => true,
  }
  const image = { width: size, height: size, channels: 3, domain: coverage, fixed, values: log }

  const reference = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [own, grazing, prior]),
    initial: shading,
  })
  const mirror = mirrorTexture(log, size, 3)
  const near = nearHalf(unwrap)
  const ofNear = (candidate: GradientSource) => ({
    ...candidate,
    knows: (i: number) => near[i] === 1 && candidate.knows(i),
  })
  const held = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [ofNear(own), ofNear(grazing), prior]),
    fixed: fixed.map((value, i) => value & near[i]),
    initial: reference,
  })
  const gain = heldOutGain(unwrap, sources, log, mirror, held, near, features)

  const mirrored: GradientSource = { texture: mirror, knows: (i) => mirroredWeight[i] > shownFrom }
  const upper = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [own, mirrored, prior]),
    initial: reference,
  })
  let target: Float32Array = reference.map((value, i) => value + gain * (upper[i] - value))
  const clean = mirroredSkin(size, skin)
  const known = clean.map((value, i) => {
    if (source[i] === Evidence.mirrored) return value
    return source[i] === Evidence.own && skin[i] ? unwrap.weight[i] : 0
  })
  const unseen = coverage.map((inside, i) => (inside && source[i] === Evidence.none ? 1 : 0))
  const judged = coverage.map((inside, i) =>
    inside && !features[i] && Math.max(unwrap.weight[i], mirroredWeight[i]) > 0.5 ? 1 : 0,
  )
  const beyond = unseenSkin(unwrap, target, shading, { unseen, skin: known, fitted: skin, judged })
  const lipSkin = besideMouth(beyond.level, size)
  const vivid = vividness(unwrap, log)
  const mouth = usualMouth(size, lipSkin, unwrap.mouthOpening, vivid.chroma)
  const inMouth = mouthTexels(size)
  // Only what nobody knows is drawn: in the low frequencies above, a feature cut in two would spread over the cheek.
  const inGeneral = usualFeatures(size).map((value, k) => value + mouth[k])
  const usual = asVividAs(vivid, inGeneral)
  const drawn = { ...prior, texture: beyond.course.map((value, k) => value + usual[k]) }
  target = target.map((value, k) => {
    const i = Math.floor(k / 3)
    if (!unseen[i]) return value
    // The skin around the mouth's chart is not that around the mouth.
    return usual[k] + (inMouth[i] ? lipSkin[k % 3] : beyond.level[k])
  })

  const glimpsed = grazingLight(unwrap, target, (i) => source[i] === Evidence.mirrored && !features[i])
  target = glimpsed.target

  // A texel's share of the pull falls with its area.
  const area = (1 / texelUnit(size)) ** 2
  const screen = clean.map((value, i) => {
    if (!coverage[i] || source[i] === Evidence.own) return 0
    if (unseen[i]) return area * beyond.pull[i]
    return area * value * (mirroredPull + grazingPull * glimpsed.certainty[i])
  })
  const detail = composeGradients(size, [own, grazing, mirrored, drawn])
  const smooth = solveScreenedPoisson({ ...image, ...detail, screen, target, initial: target })
  const noise = grain(log, size, skin, near)
  const soft = gaussianBlur(Float32Array.from(unseen), size, size, 1, texelUnit(size))
  return {
    log: smooth.map((value, k) => {
      const i = Math.floor(k / 3)
      return unseen[i] ? value + soft[i] * noise[k] : value
    }),
    gain,
  }
}

/** The mean of N x N x 3 over the lips and the skin beside them. */
function besideMouth(texture: Float32Array, size: number): Float64Array {
  const sum = new Float64Array(3)
  const [left, right, top, bottom] = lips.map((edge) => Math.round(edge * size))
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) for (let c = 0; c < 3; c++) sum[c] += texture[3 * (y * size + x) + c]
  return sum.map((value) => value / ((right - left) * (bottom - top)))
}

/** 1 on the half of the texture (left or right) that the photo shows more of. */
function nearHalf({ size, weight }: Unwrap): Uint8Array {
  const isLeft = (i: number) => i % size < size / 2
  const balance = weight.reduce((sum, value, i) => sum + (isLeft(i) ? value : -value), 0)
  return Uint8Array.from(weight, (_, i) => (isLeft(i) === balance >= 0 ? 1 : 0))
}

/**
 * Regression, over the part of the far half that the photo does show, of what it really is on what the mirror says, both
 * against the reference computed from the near half alone; shrunk towards {@link usualGain}.
 */
function heldOutGain(
  { size, weight }: Unwrap,
  { mirroredWeight }: TexelSources,
  log: Float32Array,
  mirror: Float32Array,
  held: Float32Array,
  near: Uint8Array,
  features: Uint8Array,
): number {
  const mirroredFeatures = mirrorTexture(features, size, 1)
  const strip = Float32Array.from(weight, (value, i) =>
    !near[i] && value > 0.5 && mirroredWeight[i] > 0.5 && !features[i] && !mirroredFeatures[i] ? 1 : 0,
  )
  const lowFrequencies = (image: Float32Array) =>
    gaussianBlur(
      image.map((value, i) => value - held[i]),
      size,
      size,
      3,
      shadingSigma * texelUnit(size),
      strip,
    )
  const predicted = lowFrequencies(mirror)
  const found = lowFrequencies(log)
  let product = 0
  let square = 0
  let count = 0
  for (let i = 0; i < predicted.length; i++) {
    if (!strip[Math.floor(i / 3)]) continue
    product += predicted[i] * found[i]
    square += predicted[i] * predicted[i]
    count++
  }
  const shrinkage = Math.max(count, 1) * noise * noise
  return Math.min(1, Math.max(0, (product + shrinkage * usualGain) / (square + shrinkage)))
}

/**
 * N x N, 0..1: texels whose mirror image is skin. Only these are pulled to the target: mirrored hair, brows, eyes and lips
 * would fade.
 */
function mirroredSkin(size: number, skin: Uint8Array): Float32Array {
  const unit = texelUnit(size)
  const clean = erode(mirrorTexture(skin, size, 1), size, size, unit)
  return gaussianBlur(Float32Array.from(clean), size, size, 1, 2 * unit)
}
