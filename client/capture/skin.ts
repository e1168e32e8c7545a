/** Skin against hair and background where the face mesh reaches the hairline and the jaw's outline. */

import { gaussianBlur } from '../image/blur.ts'
import { dilate } from '../image/morphology.ts'
import { median } from '../image/statistics.ts'
import { texelsOf } from '../image/texels.ts'
import { bilinear } from './sample.ts'
import type { Unwrap } from './types.ts'
import { smoothstep } from './visibility.ts'

/** Brows to chin: whatever is seen inside this rounded rectangle in UV is the face. */
const inner = { u: 0.5, v: 0.65, width: 0.26, height: 0.41 }
/** So are lashes, lids and make-up: this far from the eyes, share of the texture's side. Brows lie above them. */
const surroundings = 0.025
const browsEnd = 0.33
/** Cheeks and nose, below the eyes: skin without doubt, or a beard. */
const core = { u: 0.5, v: 0.56, width: 0.25, height: 0.14 }
/** Sideburns end and beards begin here: below, darker than the cheek is still the face. */
const beard = 0.6
/** Reference colours reach this far, share of the texture's side. */
const reach = 0.03
/** Less skin than this share of what a pass reaches for is too far away to compare with. */
const enough = 0.02
/** What is not skin is kept away from by this share of the side: hair, and its shadow in small photos, reaches beyond its edge. */
const distance = 0.0195
/** Each pass takes the skin's colour as far as the pass before found skin, so that shading may change on the way. */
const passes = 8
/** Brightness against the skin nearby, natural log, from skin to something else. */
const darker = { from: 0.28, to: 0.56 }
const brighter = { from: 0.3, to: 0.55 }
/** The log ratios of red and blue to green, against the skin nearby and against the cheeks. */
const tintNearby = { from: 0.13, to: 0.26 }
const tintOverall = { from: 0.2, to: 0.36 }
/** A forehead's highlight, brighter and paler than skin, is nothing else. It lies less than this from the middle line. */
const highlights = 0.25

type Sampled = Pick<Unwrap, 'size' | 'coverage' | 'sampled' | 'weight' | 'features'>

/** Hair is told from skin by its mean colour: finer textures are looked at in this many texels a side. */
const coarse = 256

/**
 * How much each texel looks like the skin further inside, along forehead, temples and jaw; 1 elsewhere.
 *
 * @param unwrap `weight` without this mask
 * @returns N x N, 0..1
 */
export function skinMask(unwrap: Sampled): Float32Array {
  const { size } = unwrap
  const factor = Math.floor(size / coarse)
  if (factor < 2 || size % factor !== 0) return skinTexels(unwrap)
  const small = size / factor
  const reduced = reduce(unwrap, factor)
  const mask = skinTexels(reduced)
  // Interpolation at the charts' rim reaches beyond it: there the mask goes on as it is at the rim.
  const beyond = gaussianBlur(mask, small, small, 1, 1, Float32Array.from(reduced.coverage))
  for (let i = 0; i < mask.length; i++) if (!reduced.coverage[i]) mask[i] = beyond[i]
  return Float32Array.from({ length: size * size }, (_, i) =>
    bilinear(mask, small, small, 1, 0, ((i % size) + 0.5) / factor, (Math.floor(i / size) + 0.5) / factor),
  )
}

/** Means of factor x factor texels, colours by their weights; a block is covered, or a feature, where any of it is. */
function reduce({ size, coverage, sampled, weight, features }: Sampled, factor: number): Sampled {
  const side = size / factor
  const small = {
    size: side,
    coverage: new Uint8Array(side * side),
    sampled: new Float32Array(side * side * 3),
    weight: new Float32Array(side * side),
    features: new Uint8Array(side * side),
  }
  for (let i = 0; i < size * size; i++) {
    const to = Math.floor(i / size / factor) * side + Math.floor((i % size) / factor)
    if (coverage[i]) small.coverage[to] = 1
    if (features[i]) small.features[to] = 1
    small.weight[to] += weight[i]
    for (let c = 0; c < 3; c++) small.sampled[3 * to + c] += weight[i] * sampled[3 * i + c]
  }
  small.sampled.forEach((sum, i, all) => {
    all[i] = sum / Math.max(1e-6, small.weight[Math.floor(i / 3)])
  })
  return { ...small, weight: small.weight.map((sum) => sum / factor ** 2) }
}

function skinTexels({ size, coverage, sampled, weight, features }: Sampled): Float32Array {
  const count = size * size
  const colours = new Float32Array(count * 3)
  const nearFeature = dilate(features, size, size, surroundings * size)
  const isBand = new Uint8Array(count)
  const isCore = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const [u, v] = [((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size]
    isBand[i] =
      coverage[i] && !features[i] && !(v > browsEnd && nearFeature[i]) && !within(inner, u, v) ? 1 : 0
    isCore[i] = within(core, u, v) && !features[i] ? 1 : 0
    if (weight[i] === 0) continue
    const [r, g, b] = [0, 1, 2].map((c) => Math.log(sampled[3 * i + c] + 8 / 255))
    colours.set([(r + g + b) / 3, r - g, b - g], 3 * i)
  }
  const reference = texelsOf(isCore).filter((i) => weight[i] > 0.5)
  const cheeks = [1, 2].map(
    (c) =>
      median(
        reference.map((i) => colours[3 * i + c]),
        1,
      ) ?? 0,
  )
  // Hair differs from strand to strand, its mean from the skin's.
  const smooth = gaussianBlur(colours, size, size, 3, 0.004 * size, weight)
  const likeness = new Float32Array(count)
  const known = weight.map((w, i) => (isCore[i] ? w : 0))
  for (let pass = 0; pass < passes; pass++) {
    const nearby = gaussianBlur(smooth, size, size, 3, reach * size, known)
    const amount = gaussianBlur(known, size, size, 1, reach * size)
    for (let i = 0; i < count; i++) {
      if (isCore[i] || weight[i] === 0) continue
      const near = amount[i] > enough
      const { brightness, tint } = difference(smooth, nearby, cheeks, 3 * i)
      const highlight = brightness > 0 && Math.abs(((i % size) + 0.5) / size - 0.5) < highlights
      const pale = highlight ? 0.5 : 1
      const light = highlight ? 1 : 1 - smoothstep(brighter.from, brighter.to, brightness)
      const dark = 1 - smoothstep(darker.from, darker.to, -brightness)
      const colour =
        (1 - smoothstep(tintOverall.from, tintOverall.to, pale * tint.overall)) *
        (near ? 1 - smoothstep(tintNearby.from, tintNearby.to, pale * tint.nearby) : 1)
      const skin = near ? light * dark * colour : 0
      // A beard may be as dark as it likes, and hides the skin to compare with.
      likeness[i] = i < beard * count ? skin : near ? light * colour : colour
      known[i] = features[i] || skin < 0.9 ? 0 : weight[i]
    }
  }
  const other = likeness.map((value, i) => (isBand[i] && weight[i] > 0 && value < 0.5 ? 1 : 0))
  const beside = dilate(Uint8Array.from(other), size, size, distance * size)
  const skin = reached(
    size,
    (i) => coverage[i] === 1 && !isBand[i],
    (i) => coverage[i] === 1 && !(beside[i] && isBand[i]),
  )
  const even = gaussianBlur(skin, size, size, 1, 0.004 * size)
  return even.map((value, i) => (isBand[i] ? smoothstep(0.5, 1, value) : 1))
}

/** Of a texel from the skin nearby, in natural logarithms. */
function difference(colours: Float32Array, nearby: Float32Array, cheeks: number[], i: number) {
  return {
    brightness: colours[i] - nearby[i],
    tint: {
      nearby: Math.hypot(colours[i + 1] - nearby[i + 1], colours[i + 2] - nearby[i + 2]),
      overall: Math.hypot(colours[i + 1] - cheeks[0], colours[i + 2] - cheeks[1]),
    },
  }
}

type Region = typeof inner

/** A rounded rectangle: the superellipse of exponent 4. */
const within = ({ u, v, width, height }: Region, x: number, y: number) =>
  ((x - u) / width) ** 4 + ((y - v) / height) ** 4 < 1

/** 1 where the open texels lead to from the ones to start at, themselves included: a lock of fair hair is no skin. */
function reached(
  size: number,
  start: (texel: number) => boolean,
  open: (texel: number) => boolean,
): Float32Array {
  const result = new Float32Array(size * size)
  const stack: number[] = []
  const visit = (i: number) => {
    if (i < 0 || i >= result.length || result[i] || !open(i)) return
    result[i] = 1
    stack.push(i)
  }
  for (let i = 0; i < result.length; i++) {
    if (!start(i)) continue
    result[i] = 1
    stack.push(i)
  }
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    visit(i - size)
    visit(i + size)
    if (i % size > 0) visit(i - 1)
    if (i % size < size - 1) visit(i + 1)
  }
  return result
}
