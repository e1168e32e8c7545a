/**
 * The hidden side in four solves (README, "complete"): detail from the mirrored side, low frequencies from this person's
 * shaded skin, moved towards the mirror as far as this very photo shows that mirroring would have been right.
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
import { type ScreenedPoisson, solveScreenedPoisson } from '../../image/poisson.ts'
import { type TexelSources, texelSources } from '../unwrap/texel-sources.ts'
import { grain } from './grain.ts'
import { grazingLight } from './grazing-light.ts'
import { mirrorGain } from './mirror-gain.ts'
import { evenSkin, featureZone, fitShading } from './shading.ts'
import { unseenSkin } from './unseen-skin.ts'
import { usualMouth } from './usual-mouth.ts'
import { asVividAs, vividness } from './vividness.ts'

/** The prior's share of the fitted shading: fitted to one half of a face, it overstates what the other half does. */
const priorStrength = 0.5
/** Pull towards the target at 256 px where the mirror supplies the detail. */
const mirroredPull = 0.1
/** Added to the pull where a grazing view tells the light. */
const grazingPull = 0.5
/** Where the lips are in UV: left, right, top, bottom. */
const lips = [0.4, 0.6, 0.65, 0.75]

export interface HiddenSide {
  /** N x N x 3 in the log domain ({@link toLog}), 0 outside the charts. */
  log: Float32Array
  /** 0..1: how far low frequencies follow the mirror. */
  gain: number
}

/** Fills what the photo does not show of a symmetric layout. Four Poisson solves. */
export function hiddenSide(unwrap: Unwrap): HiddenSide {
  const known = whatIsKnown(unwrap)
  const reference = withoutMirror(known)
  const gain = gainOf(known, reference)
  const expected = towardsMirror(known, reference, gain)
  const invented = whereUnseen(known, expected)
  const filled = withDetail(known, invented)
  return { log: withGrain(known, filled), gain }
}

/** What all stages look at. Images are N x N, those of the log domain N x N x 3. */
interface Known {
  unwrap: Unwrap
  sources: TexelSources
  /** The photo, log domain, and its mirror image. */
  log: Float32Array
  mirror: Float32Array
  /** 1 around eyes, brows and lips. */
  features: Uint8Array
  /** 1 on the skin that the shading was fitted to. */
  skin: Uint8Array
  /** Log domain: the skin's shading, fitted to what is seen and evaluated everywhere. */
  shading: Float32Array
  /** 1 on the half (left or right) that the photo shows more of. */
  near: Uint8Array
  /** 1 where neither side shows anything. */
  unseen: Uint8Array
  /** Where a texel's differences to its neighbours may come from. */
  from: Record<'own' | 'grazing' | 'mirrored' | 'prior', GradientSource>
  /** What all solves have in common. */
  image: Pick<ScreenedPoisson, 'width' | 'height' | 'channels' | 'domain' | 'fixed' | 'values'>
}

function whatIsKnown(unwrap: Unwrap): Known {
  const { size, coverage, weight } = unwrap
  const sources = texelSources(unwrap)
  const { source, fixed, mirroredWeight } = sources
  const log = toLog(unwrap.sampled)
  const mirror = mirrorTexture(log, size, 3)
  const features = featureZone(unwrap)
  const skin = evenSkin(unwrap, log, features)
  const shading = fitShading(unwrap, log, skin)
  return {
    ...{ unwrap, sources, log, mirror, features, skin, shading },
    near: nearHalf(unwrap),
    unseen: coverage.map((inside, i) => (inside && source[i] === Evidence.none ? 1 : 0)),
    from: {
      own: { texture: log, knows: (i) => source[i] === Evidence.own },
      // Better a grazing view of this side than the mirror or the prior: no face is symmetric. But a step in that view
      // is the face's outline against what is behind.
      grazing: {
        texture: log,
        knows: (i) => weight[i] > shownFrom,
        steepest: outlineStep / texelUnit(size),
      },
      mirrored: { texture: mirror, knows: (i) => mirroredWeight[i] > shownFrom },
      prior: { texture: shading.map((value) => priorStrength * value), knows: () => true },
    },
    image: { width: size, height: size, channels: 3, domain: coverage, fixed, values: log },
  }
}

/** First stage: what the photo and the prior say, no mirror. Log domain, N x N x 3. */
function withoutMirror({ unwrap: { size }, shading, from, image }: Known): Float32Array {
  const gradients = composeGradients(size, [from.own, from.grazing, from.prior])
  return solveScreenedPoisson({ ...image, ...gradients, initial: shading })
}

/** How well would the mirror have predicted what the photo shows of the far half? 0..1 */
function gainOf(
  { unwrap, sources, log, mirror, features, near, from, image }: Known,
  reference: Float32Array,
) {
  const ofNear = (candidate: GradientSource) => ({
    ...candidate,
    knows: (i: number) => near[i] === 1 && candidate.knows(i),
  })
  const held = solveScreenedPoisson({
    ...image,
    ...composeGradients(unwrap.size, [ofNear(from.own), ofNear(from.grazing), from.prior]),
    fixed: image.fixed.map((value, i) => value & near[i]),
    initial: reference,
  })
  return mirrorGain(unwrap, sources.mirroredWeight, near, features, { log, mirror, held })
}

/** Second stage: the low frequencies to expect, the reference moved towards the mirror. Log domain, N x N x 3. */
function towardsMirror({ unwrap: { size }, from, image }: Known, reference: Float32Array, gain: number) {
  const upper = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [from.own, from.mirrored, from.prior]),
    initial: reference,
  })
  return reference.map((value, i) => value + gain * (upper[i] - value))
}

/** Third stage: the expectation, and what is invented where neither side shows anything. */
interface Invented {
  /** N x N x 3, log domain: `expected`, with skin and usual features where nothing is seen. */
  target: Float32Array
  /** Differences between neighbours there. */
  drawn: GradientSource
  /** N x N: pull towards `target` there, at 256 px. */
  pull: Float32Array
  /** N x N, 0..1: texels whose mirror image is skin. */
  mirroredSkin: Float32Array
}

function whereUnseen(known: Known, expected: Float32Array): Invented {
  const { unwrap, sources, log, features, skin, shading, unseen, from } = known
  const { size, coverage, weight } = unwrap
  const { source, mirroredWeight } = sources
  const clean = mirroredSkin(size, skin)
  const skinThatCounts = clean.map((value, i) => {
    if (source[i] === Evidence.mirrored) return value
    return source[i] === Evidence.own && skin[i] ? weight[i] : 0
  })
  const judged = coverage.map((inside, i) =>
    inside && !features[i] && Math.max(weight[i], mirroredWeight[i]) > 0.5 ? 1 : 0,
  )
  const beyond = unseenSkin(unwrap, expected, shading, { unseen, skin: skinThatCounts, fitted: skin, judged })
  const lipSkin = besideMouth(beyond.level, size)
  const vivid = vividness(unwrap, log)
  const mouth = usualMouth(size, lipSkin, unwrap.mouthOpening, vivid.chroma)
  const inMouth = mouthTexels(size)
  // Features are drawn only now, and only where nothing is known: in the low frequencies of the stages before, a
  // feature that is half seen would spread over the cheek.
  const usual = asVividAs(
    vivid,
    usualFeatures(size).map((value, k) => value + mouth[k]),
  )
  return {
    target: expected.map((value, k) => {
      const i = Math.floor(k / 3)
      if (!unseen[i]) return value
      // The mouth's chart lies apart: the skin around it is not the skin around the mouth.
      return usual[k] + (inMouth[i] ? lipSkin[k % 3] : beyond.level[k])
    }),
    drawn: { ...from.prior, texture: beyond.course.map((value, k) => value + usual[k]) },
    pull: beyond.pull,
    mirroredSkin: clean,
  }
}

/** Fourth stage: the texture with its detail, pulled to the target in the light that grazing views tell. */
function withDetail(known: Known, { target, drawn, pull, mirroredSkin }: Invented): Float32Array {
  const { unwrap, sources, features, unseen, from, image } = known
  const { size, coverage } = unwrap
  const { source } = sources
  const light = grazingLight(unwrap, target, (i) => source[i] === Evidence.mirrored && !features[i])
  // The smaller a texel's area, the weaker its pull.
  const area = (1 / texelUnit(size)) ** 2
  const screen = mirroredSkin.map((value, i) => {
    if (!coverage[i] || source[i] === Evidence.own) return 0
    if (unseen[i]) return area * pull[i]
    return area * value * (mirroredPull + grazingPull * light.certainty[i])
  })
  const gradients = composeGradients(size, [from.own, from.grazing, from.mirrored, drawn])
  return solveScreenedPoisson({
    ...{ ...image, ...gradients, screen },
    target: light.target,
    initial: light.target,
  })
}

/** Adds grain where nothing is seen: what is invented there is smooth. */
function withGrain({ unwrap: { size }, log, skin, near, unseen }: Known, filled: Float32Array): Float32Array {
  const grains = grain(log, size, skin, near)
  const soft = gaussianBlur(Float32Array.from(unseen), size, size, 1, texelUnit(size))
  return filled.map((value, k) => {
    const i = Math.floor(k / 3)
    return unseen[i] ? value + soft[i] * grains[k] : value
  })
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
 * N x N, 0..1: texels whose mirror image is skin. Only these are pulled to the target: mirrored hair, brows, eyes and lips
 * would fade.
 */
function mirroredSkin(size: number, skin: Uint8Array): Float32Array {
  const unit = texelUnit(size)
  const clean = erode(mirrorTexture(skin, size, 1), size, size, unit)
  return gaussianBlur(Float32Array.from(clean), size, size, 1, 2 * unit)
}
