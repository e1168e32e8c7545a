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
import { maskWhere } from '../../image/texels.ts'
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

/** Fills what the photo does not show of a symmetric layout. Four Poisson solves. @param sources of {@link texelSources} */
export function hiddenSide(unwrap: Unwrap, sources: TexelSources = texelSources(unwrap)): HiddenSide {
  const known = whatIsKnown(unwrap, sources)
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
  /** 1 on the texels that are solved for. */
  free: Uint8Array
  /** What all solves have in common. */
  image: Pick<ScreenedPoisson, 'width' | 'height' | 'channels' | 'domain' | 'fixed' | 'values'>
}

function whatIsKnown(unwrap: Unwrap, sources: TexelSources): Known {
  const { size, coverage, weight } = unwrap
  const { source, fixed, mirroredWeight } = sources
  const log = toLog(unwrap.sampled)
  const mirror = mirrorTexture(log, size, 3)
  const features = featureZone(unwrap)
  const skin = evenSkin(unwrap, log, features)
  const shading = fitShading(unwrap, log, skin)
  return {
    ...{ unwrap, sources, log, mirror, features, skin, shading },
    near: nearHalf(unwrap),
    unseen: maskWhere(coverage.length, (i) => coverage[i] === 1 && source[i] === Evidence.none),
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
      prior: { texture: scaled(shading, priorStrength), knows: () => true },
    },
    free: maskWhere(coverage.length, (i) => coverage[i] === 1 && !fixed[i]),
    image: { width: size, height: size, channels: 3, domain: coverage, fixed, values: log },
  }
}

/** First stage: what the photo and the prior say, no mirror. Log domain, N x N x 3. */
function withoutMirror({ unwrap: { size }, shading, from, free, image }: Known): Float32Array {
  const gradients = composeGradients(size, [from.own, from.grazing, from.prior], free)
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
  const { domain } = image
  const fixed = image.fixed.map((value, i) => value & near[i])
  const free = maskWhere(fixed.length, (i) => domain[i] === 1 && !fixed[i])
  const held = solveScreenedPoisson({
    ...image,
    ...composeGradients(unwrap.size, [ofNear(from.own), ofNear(from.grazing), from.prior], free),
    fixed,
    initial: reference,
  })
  return mirrorGain(unwrap, sources.mirroredWeight, near, features, { log, mirror, held })
}

/** Second stage: the low frequencies to expect, the reference moved towards the mirror. Log domain, N x N x 3. */
function towardsMirror(
  { unwrap: { size }, from, free, image }: Known,
  reference: Float32Array,
  gain: number,
) {
  const upper = solveScreenedPoisson({
    ...image,
    ...composeGradients(size, [from.own, from.mirrored, from.prior], free),
    initial: reference,
  })
  for (let k = 0; k < upper.length; k++) upper[k] = reference[k] + gain * (upper[k] - reference[k])
  return upper
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
  const skinThatCounts = new Float32Array(clean.length)
  for (let i = 0; i < clean.length; i++) {
    if (source[i] === Evidence.mirrored) skinThatCounts[i] = clean[i]
    else if (source[i] === Evidence.own && skin[i]) skinThatCounts[i] = weight[i]
  }
  const judged = maskWhere(
    coverage.length,
    (i) => coverage[i] === 1 && !features[i] && Math.max(weight[i], mirroredWeight[i]) > 0.5,
  )
  const evidence = { unseen, skin: skinThatCounts, fitted: skin, judged, alsoLevel: lipTexels(size) }
  const beyond = unseenSkin(unwrap, expected, shading, evidence)
  const lipSkin = besideMouth(beyond.level, evidence.alsoLevel)
  const vivid = vividness(unwrap, log)
  const mouth = usualMouth(size, lipSkin, unwrap.mouthOpening, vivid.chroma)
  const inMouth = mouthTexels(size)
  // Features are drawn only now, and only where nothing is known: in the low frequencies of the stages before, a
  // feature that is half seen would spread over the cheek.
  const usual = asVividAs(vivid, added(usualFeatures(size), mouth))
  const target = expected.slice()
  for (let i = 0; i < unseen.length; i++) {
    if (!unseen[i]) continue
    for (let c = 0, k = 3 * i; c < 3; c++, k++)
      // The mouth's chart lies apart: the skin around it is not the skin around the mouth.
      target[k] = usual[k] + (inMouth[i] ? lipSkin[c] : beyond.level[k])
  }
  return {
    target,
    drawn: { ...from.prior, texture: added(usual, beyond.course) },
    pull: beyond.pull,
    mirroredSkin: clean,
  }
}

/** Fourth stage: the texture with its detail, pulled to the target in the light that grazing views tell. */
function withDetail(known: Known, { target, drawn, pull, mirroredSkin }: Invented): Float32Array {
  const { unwrap, sources, features, unseen, from, free, image } = known
  const { size, coverage } = unwrap
  const { source } = sources
  const mirrored = maskWhere(source.length, (i) => source[i] === Evidence.mirrored)
  const moved = maskWhere(source.length, (i) => mirrored[i] === 1 && !features[i])
  const light = grazingLight(unwrap, target, moved, mirrored)
  // The smaller a texel's area, the weaker its pull.
  const area = (1 / texelUnit(size)) ** 2
  const screen = new Float32Array(source.length)
  for (let i = 0; i < screen.length; i++) {
    if (unseen[i]) screen[i] = area * pull[i]
    else if (mirrored[i] && coverage[i])
      screen[i] = area * mirroredSkin[i] * (mirroredPull + grazingPull * light.certainty[i])
  }
  const gradients = composeGradients(size, [from.own, from.grazing, from.mirrored, drawn], free)
  return solveScreenedPoisson({
    ...{ ...image, ...gradients, screen },
    target: light.target,
    initial: light.target,
  })
}

/** Adds grain where nothing is seen: what is invented there is smooth. */
function withGrain({ unwrap: { size }, log, skin, near, unseen }: Known, filled: Float32Array): Float32Array {
  if (!unseen.includes(1)) return filled
  const grains = grain(log, size, skin, near)
  const soft = gaussianBlur(Float32Array.from(unseen), size, size, 1, texelUnit(size))
  for (let i = 0; i < unseen.length; i++)
    if (unseen[i]) for (let k = 3 * i; k < 3 * i + 3; k++) filled[k] += soft[i] * grains[k]
  return filled
}

/** The lips and the skin beside them. */
function lipTexels(size: number): number[] {
  const [left, right, top, bottom] = lips.map((edge) => Math.round(edge * size))
  const texels: number[] = []
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) texels.push(y * size + x)
  return texels
}

/** The mean of N x N x 3 over some texels. */
function besideMouth(texture: Float32Array, texels: readonly number[]): Float64Array {
  const sum = new Float64Array(3)
  for (const i of texels) for (let c = 0; c < 3; c++) sum[c] += texture[3 * i + c]
  return sum.map((value) => value / texels.length)
}

/** 1 on the half of the texture (left or right) that the photo shows more of. */
function nearHalf({ size, weight }: Unwrap): Uint8Array {
  let balance = 0
  for (let i = 0; i < weight.length; i++) balance += i % size < size / 2 ? weight[i] : -weight[i]
  return maskWhere(weight.length, (i) => i % size < size / 2 === balance >= 0)
}

function scaled(image: Float32Array, factor: number): Float32Array {
  const result = new Float32Array(image.length)
  for (let k = 0; k < result.length; k++) result[k] = factor * image[k]
  return result
}

function added(a: Float32Array, b: Float32Array): Float32Array {
  const sum = new Float32Array(a.length)
  for (let k = 0; k < sum.length; k++) sum[k] = a[k] + b[k]
  return sum
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
