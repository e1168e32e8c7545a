/**
 * The hidden side: the held-out-gain screened mirror.
 *
 * Detail comes from the mirrored side. Low frequencies come from a smooth prior (this person's skin, shaded), moved
 * towards the mirror by an amount that this very photo teaches: where the far side is seen, how well would mirroring
 * have predicted it?
 */

import { gaussianBlur } from '../image/blur.ts'
import { mirrorTexture, toLog } from '../image/log-texture.ts'
import { erode } from '../image/morphology.ts'
import { solveScreenedPoisson } from '../image/poisson.ts'
import { evenSkin, featureZone, fitShading } from './shading.ts'
import { composeGradients, seen, type TexelSources, texelSources } from './texel-sources.ts'
import { Evidence, type Unwrap } from './types.ts'

/** The prior's share of the fitted shading: a fit to one half overstates what the other half does. */
const priorStrength = 0.5
/** Pull towards the target at 256 px; a texel's share of it falls with its area. */
const pull = 0.1
/** Blur (texels at 256 px) that separates shading from detail in the held-out test. */
const shadingSigma = 6
/** Expected error of a low-frequency prediction, log units, and the gain to assume without evidence. */
const noise = 0.12
const usualGain = 0.3

export interface HiddenSide {
  /** N x N x 3 in the log domain ({@link toLog}), 0 outside the charts. */
  log: Float32Array
  /** 0..1: how far low frequencies follow the mirror; null for a layout without symmetry. */
  gain: number | null
}

/** Fills what the photo does not show. Four Poisson solves, one for a layout without symmetry. */
export function hiddenSide(unwrap: Unwrap): HiddenSide {
  const { size, coverage, sampled, symmetric } = unwrap
  const sources = texelSources(unwrap)
  const { source, fixed, mirroredWeight } = sources
  const log = toLog(sampled)
  const features = featureZone(unwrap)
  const skin = evenSkin(unwrap, log, features)
  const shading = fitShading(unwrap, log, skin)

  const own = { texture: log, knows: (i: number) => source[i] === Evidence.own }
  const prior = { texture: shading.map((value) => priorStrength * value), knows: () => true }
  const image = { width: size, height: size, channels: 3, domain: coverage, fixed, values: log }

  const reference = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [own, prior]),
    initial: shading,
  })
  if (!symmetric) return { log: reference, gain: null }

  const mirror = mirrorTexture(log, size, 3)
  const near = nearHalf(unwrap)
  const held = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [{ ...own, knows: (i) => near[i] === 1 && own.knows(i) }, prior]),
    fixed: fixed.map((value, i) => value & near[i]),
    initial: reference,
  })
  const gain = heldOutGain(unwrap, sources, log, mirror, held, near, features)

  const mirrored = { texture: mirror, knows: (i: number) => mirroredWeight[i] > seen }
  const gradients = composeGradients(size, [own, mirrored, prior])
  const upper = solveScreenedPoisson({ ...image, ...gradients, initial: reference })
  const target = reference.map((value, i) => value + gain * (upper[i] - value))
  const screen = screening(unwrap, source, skin)
  return { log: solveScreenedPoisson({ ...image, ...gradients, screen, target, initial: target }), gain }
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
      (shadingSigma * size) / 256,
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
 * How strongly each texel is pulled to the target: not at all where it is its own, fully where nothing is known; mirrored
 * skin fully, but mirrored hair, brows, eyes and lips not, so that they do not fade.
 */
function screening({ size, coverage }: Unwrap, source: Uint8Array, skin: Uint8Array): Float32Array {
  const unit = size / 256
  const clean = Float32Array.from(erode(mirrorTexture(skin, size, 1), size, size, unit))
  const soft = gaussianBlur(clean, size, size, 1, 2 * unit)
  const strength = pull / (unit * unit)
  return soft.map((value, i) => {
    if (!coverage[i] || source[i] === Evidence.own) return 0
    return strength * (source[i] === Evidence.mirrored ? value : 1)
  })
}
