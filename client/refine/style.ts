/** The style: which picture it is read from, and where. */
import { texelUnit } from '../face/texel-unit.ts'
import { blurWithin, gaussianBlur } from '../image/blur.ts'
import { erode } from '../image/morphology.ts'
import { flip, resizeSquare } from './planar.ts'
import type { RefinementProblem } from './types.ts'

/** Style is drawn from around the texels to be made, with this sigma (texels of a 256 px texture). */
const neighbourhood = 24
/** Confidence from which on a texel may serve as style, if all within `rim` (texels of a 256 px texture) have it too. */
const trustedFrom = 0.5
/**
 * Texels of a 256 px texture from where trust ends. Hair, glasses or background begin there, and their last trace would be
 * copied as if it were skin.
 */
const rim = 3
/** Creases, spots and shadows stand out between these sigmas (texels of a 256 px texture). */
const crease = { fine: 1.5, coarse: 6 }
/** Texels of which nothing is known are made of the plainest skin, this share of all trusted skin. */
const plainShare = 0.6
/** Share of samples from anywhere on the face, so that no place is ever without style. */
const anywhere = 1e-3

/** N x N x 3, 0..1: the photo in UV, and the content where it shows nothing, so that the backbone sees no black texels. */
export function filledStyle({ sampled, content, weight }: RefinementProblem): Float32Array {
  return content.map((value, k) => {
    const w = weight[Math.floor(k / 3)]
    return value * (1 - w) + sampled[k] * w
  })
}

/** size x size: 1 on all that the photo shows, else 0 (official code: --use_style_mask). */
export function allOfStyle({ size: full, weight }: RefinementProblem, size: number): Float32Array {
  return resizeSquare(weight, full, size, 1).map((w) => (w > trustedFrom ? 1 : 0))
}

/**
 * Where style samples are drawn at one scale: trusted texels, the nearer to the texels to be made (on either side of the
 * face) the likelier, so that a cheek is made of cheek; and of its kind, so that no brow grows on a forehead. Skin of
 * which nothing is known is made of plain skin; content from outside brings its own structure and may find all of it.
 *
 * @param freedom size x size, the problem's at this scale
 * @returns size x size, 0 where nothing is to be drawn
 */
export function styleDensity(problem: RefinementProblem, freedom: Float32Array, size: number): Float32Array {
  const wanted = problem.symmetric ? both(freedom, size) : freedom
  const { usable, feature, plain } = trustedSkin(problem, size)
  const skin = problem.external ? usable : plain

  const near = [0, 1].map((kind) => {
    const ofKind = wanted.map((value, i) => (feature[i] === kind ? value : 0))
    return gaussianBlur(ofKind, size, size, 1, neighbourhood * texelUnit(size))
  })
  const peak = near.reduce((most, values) => values.reduce((a, b) => Math.max(a, b), most), 1e-6)
  return wanted.map((_, i) => {
    if (!(feature[i] ? usable[i] : skin[i])) return 0
    return near[feature[i]][i] / peak + (feature[i] ? 0 : anywhere)
  })
}

/** Parts of what the photo shows, size x size each, 0 or 1. */
export interface TrustedSkin {
  /** Shown clearly, rims left out. */
  usable: Uint8Array
  /** Eyes, brows, lips. */
  feature: Uint8Array
  /** The plainer part of the usable skin. A crease that is copied to where none is known reads as a scar; pores do not. */
  plain: Uint8Array
}

/** What trust is judged by. */
export type TrustSource = Pick<
  RefinementProblem,
  'size' | 'coverage' | 'features' | 'covered' | 'sampled' | 'weight'
>

/** Which texels of the photo may serve as style, at one scale. */
export function trustedSkin(problem: TrustSource, size: number): TrustedSkin {
  const unit = texelUnit(size)
  const scaled = (image: Float32Array) => resizeSquare(image, problem.size, size, 1)
  const { sampled, covered } = problem
  const weight = covered ? problem.weight.map((w, i) => (covered[i] ? 0 : w)) : problem.weight
  const feature = Uint8Array.from(scaled(Float32Array.from(problem.features)), (value) =>
    value > 0.25 ? 1 : 0,
  )
  const trusted = Uint8Array.from(scaled(weight), (w) => (w > trustedFrom ? 1 : 0))
  const inner = erode(trusted, size, size, Math.max(1, Math.round(rim * unit)))
  // Where so little of a face is seen that all of its trusted part is rim, the rim has to do.
  const usable = inner.includes(1) ? inner : trusted

  const luma = scaled(weight.map((_, i) => (sampled[3 * i] + sampled[3 * i + 1] + sampled[3 * i + 2]) / 3))
  const within = Float32Array.from(usable)
  // Looked at where it is usable alone.
  const blurred = (image: Float32Array, sigma: number) =>
    blurWithin(image, size, size, 1, sigma * unit, within)
  const fine = blurred(luma, crease.fine)
  const coarse = blurred(luma, crease.coarse)
  const contrast = blurred(
    fine.map((value, i) => Math.abs(value - coarse[i])),
    crease.fine,
  )
  const skin = contrast.filter((_, i) => usable[i] && !feature[i]).sort()
  const limit = skin[Math.floor(plainShare * (skin.length - 1))] ?? 0
  const plain = usable.map((use, i) => (use && !feature[i] && contrast[i] <= limit ? 1 : 0))
  return { usable, feature, plain }
}

/** What is wanted here or on the other side of the face. */
function both(freedom: Float32Array, size: number): Float32Array {
  const flipped = flip(freedom, size, 1)
  return freedom.map((value, i) => Math.max(value, flipped[i]))
}
