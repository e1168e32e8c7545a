/** Are mouth and eyes to be seen, or does something cover them? */

import type { Cover, Unwrap } from '../../face/types.ts'
import { usualFeatures } from '../../face/usual-features.ts'
import { gaussianBlur } from '../../image/blur.ts'

/** Where each feature is in UV: left, right, top, bottom. */
const places = {
  mouth: [0.38, 0.62, 0.645, 0.755],
  leftEye: [0.25, 0.43, 0.33, 0.43],
  rightEye: [0.57, 0.75, 0.33, 0.43],
} as const
export type Feature = keyof typeof places

/** Features are the luminance between these two blurs (share of the texture's side): coarser is light, finer is grain. */
const fine = 0.0047
const coarse = 0.039
/** A texel is seen from this weight on; a feature is judged where at least this share of its place is seen. */
const seenFrom = 0.3
const least = 0.3
/**
 * Correlation with the usual features below which one is hidden. Measured: test/evaluation/decisions/covered-features.md.
 */
const hidden = { mouth: 0.35, oneEye: 0.18, bothEyes: 0 }
/** From this correlation on a feature is seen. Where none is, hard shadows or a bad picture hide them all. */
const visible = 0.35

/**
 * Compares what the photo shows at the mouth and the eyes with what is usually there: lines and shadows, whatever the skin.
 *
 * @returns what is hidden, or null: all is to be seen, or too little is known
 */
export function hiddenFeatures(unwrap: Pick<Unwrap, 'size' | 'sampled' | 'weight'>): Cover['hides'] | null {
  const { mouth, leftEye, rightEye } = likeness(unwrap)
  const eyes = Math.max(leftEye ?? -1, rightEye ?? -1)
  if (mouth === null) return null
  if (mouth < hidden.mouth) return eyes > visible ? 'mouth' : null
  if (leftEye === null || rightEye === null) return null
  if (eyes < hidden.bothEyes) return 'eyes'
  if (eyes < visible || Math.min(leftEye, rightEye) > hidden.oneEye) return null
  return leftEye < rightEye ? 'leftEye' : 'rightEye'
}

/** Correlation of each feature with the usual one, -1..1; null where too little of its place is seen. */
export function likeness({
  size,
  sampled,
  weight,
}: Pick<Unwrap, 'size' | 'sampled' | 'weight'>): Record<Feature, number | null> {
  const seen = weight.map((value) => (value > seenFrom ? 1 : 0))
  const luminance = new Float32Array(seen.length)
  for (let i = 0; i < seen.length; i++) {
    if (!seen[i]) continue
    const [r, g, b] = [sampled[3 * i], sampled[3 * i + 1], sampled[3 * i + 2]]
    luminance[i] = luma(Math.log(255 * r + 8), Math.log(255 * g + 8), Math.log(255 * b + 8))
  }
  const [mouth, leftEye, rightEye] = [places.mouth, places.leftEye, places.rightEye].map((place) =>
    texelsIn(place, size),
  )
  const judged = new Uint8Array(seen.length)
  for (const i of [...mouth, ...leftEye, ...rightEye]) if (seen[i]) judged[i] = 1
  const photo = lines(luminance, size, seen, judged)
  const usual = lines(usualLuma(size), size, seen, judged)
  const of = (place: readonly number[]) => {
    const both = place.filter((i) => seen[i])
    return both.length < least * place.length ? null : correlation(photo, usual, both)
  }
  return { mouth: of(mouth), leftEye: of(leftEye), rightEye: of(rightEye) }
}

function texelsIn(place: readonly number[], size: number): number[] {
  const [left, right, top, bottom] = place.map((edge) => Math.round(edge * size))
  const texels: number[] = []
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) texels.push(y * size + x)
  return texels
}

/** Does a place in UV lie where that feature is? */
export function isAt(feature: Feature, u: number, v: number): boolean {
  const [left, right, top, bottom] = places[feature]
  return u > left && u < right && v > top && v < bottom
}

let drawn: { size: number; luma: Float32Array } | null = null

/** Drawing them takes a quarter of a second: those of the last size are kept. */
function usualLuma(size: number): Float32Array {
  if (drawn?.size === size) return drawn.luma
  const offsets = usualFeatures(size)
  const luminance = new Float32Array(size * size)
  for (let i = 0; i < luminance.length; i++)
    luminance[i] = luma(offsets[3 * i], offsets[3 * i + 1], offsets[3 * i + 2])
  drawn = { size, luma: luminance }
  return luminance
}

const luma = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b

function lines(image: Float32Array, size: number, seen: Float32Array, judged: Uint8Array): Float32Array {
  const smooth = gaussianBlur(image, size, size, 1, coarse * size, seen, judged)
  const sharp = gaussianBlur(image, size, size, 1, fine * size, seen, judged)
  for (let i = 0; i < sharp.length; i++) sharp[i] -= smooth[i]
  return sharp
}

function correlation(a: Float32Array, b: Float32Array, texels: readonly number[]): number {
  const mean = (image: Float32Array) => texels.reduce((sum, i) => sum + image[i], 0) / texels.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const i of texels) {
    ab += (a[i] - meanA) * (b[i] - meanB)
    aa += (a[i] - meanA) ** 2
    bb += (b[i] - meanB) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}
