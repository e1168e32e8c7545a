/** Tells skin from hair and background, where the face mesh reaches the hairline and the jaw's outline. */

import type { Cover, Unwrap } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { reached } from '../../image/flood.ts'
import { dilate } from '../../image/morphology.ts'
import { bilinear } from '../../image/sample.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { median } from '../../image/statistics.ts'
import { maskWhere, texelsOf } from '../../image/texels.ts'
import { coverOf } from './cover.ts'
import { hiddenFeatures } from './hidden-features.ts'

/** Brows to chin: whatever is seen inside this rounded rectangle in UV is the face. */
const inner = { u: 0.5, v: 0.65, width: 0.26, height: 0.41 }
/** Lashes, lids and make-up are the face, too: this far from the eyes (share of the texture's side), below the brows. */
const surroundings = 0.025
const browsEnd = 0.33
/** Cheeks and nose, below the eyes, are skin unless something covers them. */
const core = { u: 0.5, v: 0.56, width: 0.25, height: 0.14 }
/** Skin where something covers the mouth: the nose's bridge, below the eyes, the middle of the forehead. */
const aboveMouth = [
  { u: 0.5, v: 0.385, width: 0.06, height: 0.085 },
  { u: 0.5, v: 0.445, width: 0.22, height: 0.025 },
  { u: 0.5, v: 0.24, width: 0.1, height: 0.04 },
]
/** Skin where something covers the eyes: the same cheeks, further down. */
const belowEyes = [{ u: 0.5, v: 0.6, width: 0.25, height: 0.1 }]
/** What differs in brightness from the middle of its half's core by more than this (log units) is not taken for skin. */
const farFromCore = 1.2
/**
 * Two halves whose tints differ by more than this (log units) stand in light of two colours, and each is compared with
 * itself: over `oneHalf`, share of the side.
 */
const twoLights = 0.2
const oneHalf = 0.12
/** Below this weight the face turns away: what is seen there may already be collar, hair or background. */
const squarelySeen = 0.9
/** Half the nose's width, share of the side. It turns away as well, but what is seen beside it is the cheek. */
const nose = 0.15
/** Row where sideburns end and beards begin: below, what is darker than the cheek is still the face. */
const beard = 0.6
/** Reference colours reach this far, share of the texture's side. */
const reach = 0.03
/** Where less than this share of what is within reach is known skin, there is too little to compare with. */
const enough = 0.02
/**
 * Skin keeps this far (share of the side) from what is none: hair, and its shadow in small photos, reaches beyond its edge.
 */
const distance = 0.0195
/** Number of passes. Each compares with the skin that the pass before found, so that shading may change on the way. */
const passes = 8
/** Brightness against the skin nearby, natural log, from skin to something else. */
const darker = { from: 0.28, to: 0.56 }
const brighter = { from: 0.3, to: 0.55 }
/** The log ratios of red and blue to green, against the skin nearby and against the cheeks. */
const tintNearby = { from: 0.13, to: 0.26 }
const tintOverall = { from: 0.2, to: 0.36 }
/**
 * A forehead's highlight is brighter and paler than skin, but skin. It lies above the brows, less than this from the middle
 * line.
 */
const highlights = 0.25

type Sampled = Pick<Unwrap, 'size' | 'coverage' | 'sampled' | 'weight' | 'features'>

export interface Skin {
  /** N x N, 0..1: how much each texel looks like the skin further inside, along forehead, temples and jaw; 1 elsewhere. */
  likeness: Float32Array
  /** What something covers, if anything (hidden-features.ts). */
  hidden: Cover['hides'] | null
  /** N x N, 1 where that covers the face. */
  covered: Uint8Array
}

/** Hair is told from skin by its mean colour: finer textures are looked at in this many texels a side. */
const coarse = 256

/** Tells skin from what is none. @param unwrap N x N texels; `weight` without this mask */
export function findSkin(unwrap: Sampled): Skin {
  const { size } = unwrap
  const factor = Math.floor(size / coarse)
  if (factor < 2 || size % factor !== 0) return skinTexels(unwrap)
  const small = size / factor
  const reduced = reduce(unwrap, factor)
  const { likeness, hidden, covered } = skinTexels(reduced)
  // Interpolation at the charts' rim reaches beyond it: there the mask goes on as it is at the rim.
  const outside = maskWhere(small * small, (i) => !reduced.coverage[i])
  const beyond = gaussianBlur(likeness, small, small, 1, 1, Float32Array.from(reduced.coverage), outside)
  for (let i = 0; i < likeness.length; i++) if (outside[i]) likeness[i] = beyond[i]
  const { coverage } = unwrap
  const large: Skin = {
    likeness: new Float32Array(size * size),
    hidden,
    covered: new Uint8Array(size * size),
  }
  for (let row = 0, i = 0; row < size; row++) {
    const y = (row + 0.5) / factor
    for (let column = 0; column < size; column++, i++) {
      const x = (column + 0.5) / factor
      large.likeness[i] = bilinear(likeness, small, small, 1, 0, x, y)
      if (hidden) large.covered[i] = covered[Math.floor(y) * small + Math.floor(x)] & coverage[i]
    }
  }
  return large
}

/**
 * Means of factor x factor texels, colours by their weights. A block of which any texel is covered, or a feature, is that.
 */
function reduce({ size, coverage, sampled, weight, features }: Sampled, factor: number): Sampled {
  const side = size / factor
  const small = {
    size: side,
    coverage: new Uint8Array(side * side),
    sampled: new Float32Array(side * side * 3),
    weight: new Float32Array(side * side),
    features: new Uint8Array(side * side),
  }
  for (let y = 0, i = 0; y < size; y++)
    for (let x = 0; x < size; x++, i++) {
      const to = Math.floor(y / factor) * side + Math.floor(x / factor)
      if (coverage[i]) small.coverage[to] = 1
      if (features[i]) small.features[to] = 1
      const w = weight[i]
      if (w === 0) continue
      small.weight[to] += w
      for (let c = 0; c < 3; c++) small.sampled[3 * to + c] += w * sampled[3 * i + c]
    }
  for (let i = 0; i < small.weight.length; i++) {
    const total = Math.max(1e-6, small.weight[i])
    for (let k = 3 * i; k < 3 * i + 3; k++) small.sampled[k] /= total
    small.weight[i] /= factor ** 2
  }
  return small
}

function skinTexels(unwrap: Sampled): Skin {
  const { size, coverage, sampled, weight, features } = unwrap
  const hidden = hiddenFeatures(unwrap)
  const count = size * size
  const colours = new Float32Array(count * 3)
  const nearFeature = dilate(features, size, size, surroundings * size)
  const isBand = new Uint8Array(count)
  const candidates = new Uint8Array(count)
  const cores = hidden === 'mouth' ? aboveMouth : hidden ? belowEyes : [core]
  for (let y = 0, i = 0; y < size; y++) {
    const v = (y + 0.5) / size
    for (let x = 0; x < size; x++, i++) {
      const u = (x + 0.5) / size
      if (coverage[i] && !features[i] && !(v > browsEnd && nearFeature[i])) {
        const turnsAway = weight[i] < squarelySeen && Math.abs(u - 0.5) > nose
        if (turnsAway || !within(inner, u, v)) isBand[i] = 1
      }
      if (!features[i] && cores.some((region) => within(region, u, v))) candidates[i] = 1
      if (weight[i] === 0) continue
      const r = Math.log(sampled[3 * i] + 8 / 255)
      const g = Math.log(sampled[3 * i + 1] + 8 / 255)
      const b = Math.log(sampled[3 * i + 2] + 8 / 255)
      colours[3 * i] = (r + g + b) / 3
      colours[3 * i + 1] = r - g
      colours[3 * i + 2] = b - g
    }
  }
  // Hair differs from strand to strand, its mean from the skin's.
  const smooth = gaussianBlur(colours, size, size, 3, 0.004 * size, weight, weight)
  const isCore = skinOfCore(size, candidates, weight, smooth)
  const known = weight.map((w, i) => (isCore[i] ? w : 0))
  const overall = overallTint(size, texelsOf(isCore), smooth, known, weight)
  const likeness = Float32Array.from(isCore)
  const skinness = new Float32Array(count)
  const judged = maskWhere(count, (i) => weight[i] > 0 && !isCore[i])
  for (let pass = 0, changed = true; pass < passes && changed; pass++) {
    changed = false
    const amount = gaussianBlur(known, size, size, 1, reach * size, undefined, judged)
    const nearKnown = maskWhere(count, (i) => amount[i] > enough)
    const nearby = gaussianBlur(smooth, size, size, 3, reach * size, known, nearKnown)
    for (let i = 0; i < count; i++) {
      if (!judged[i]) continue
      const k = 3 * i
      const near = nearKnown[i] === 1
      const brightness = smooth[k] - nearby[k]
      const v = (Math.floor(i / size) + 0.5) / size
      const u = ((i % size) + 0.5) / size
      const highlight = brightness > 0 && v < browsEnd && Math.abs(u - 0.5) < highlights
      const pale = highlight ? 0.5 : 1
      const light = highlight ? 1 : 1 - smoothstep(brighter.from, brighter.to, brightness)
      const dark = 1 - smoothstep(darker.from, darker.to, -brightness)
      const colour =
        (1 - smoothstep(tintOverall.from, tintOverall.to, pale * tintBetween(smooth, overall, k))) *
        (near ? 1 - smoothstep(tintNearby.from, tintNearby.to, pale * tintBetween(smooth, nearby, k)) : 1)
      const skin = near ? light * dark * colour : 0
      skinness[i] = skin
      // A beard may be dark, and hides the skin that it could be compared with.
      likeness[i] = i < beard * count ? skin : near ? light * colour : colour
      const now = features[i] || skin < 0.9 ? 0 : weight[i]
      if (known[i] === now) continue
      known[i] = now
      changed = true
    }
  }
  const other = maskWhere(count, (i) => isBand[i] === 1 && weight[i] > 0 && likeness[i] < 0.5)
  const beside = dilate(other, size, size, distance * size)
  // What has skin's colour but lies behind hair, such as a lock of fair hair, is no skin.
  const skin = reached(
    size,
    (i) => coverage[i] === 1 && !isBand[i],
    (i) => coverage[i] === 1 && !(beside[i] && isBand[i]),
  )
  const even = gaussianBlur(Float32Array.from(skin), size, size, 1, 0.004 * size)
  const unlike = () => maskWhere(count, (i) => weight[i] > 0 && !isCore[i] && skinness[i] < 0.5)
  return {
    likeness: even.map((value, i) => (isBand[i] ? smoothstep(0.5, 1, value) : 1)),
    hidden,
    covered: hidden ? coverOf(unwrap, hidden, unlike()) : new Uint8Array(count),
  }
}

/** Middle colours (brightness, two tints) of the texels of the left and the right half. A half of few texels has none. */
function middlesOf(size: number, texels: readonly number[], colours: Float32Array): number[][] {
  const halves = [0, 1].map((half) => texels.filter((i) => Math.floor((2 * (i % size)) / size) === half))
  return halves.flatMap((half) => {
    const middle = [0, 1, 2].map((c) =>
      median(
        half.map((i) => colours[3 * i + c]),
        0.1 * texels.length,
      ),
    )
    return middle.includes(null) ? [] : [middle as number[]]
  })
}

/**
 * The part of the core that has its usual colour: the middle one of its half, or of the other half. The rest is a shadow's, or
 * of something that lies over the skin.
 */
function skinOfCore(
  size: number,
  candidates: Uint8Array,
  weight: Float32Array,
  colours: Float32Array,
): Uint8Array {
  const seen = texelsOf(candidates).filter((i) => weight[i] > 0.5)
  const middles = middlesOf(size, seen, colours)
  return candidates.map((candidate, i) => {
    if (!candidate || weight[i] === 0) return 0
    const fits = ([brightness, red, blue]: number[]) =>
      Math.abs(colours[3 * i] - brightness) < farFromCore &&
      Math.hypot(colours[3 * i + 1] - red, colours[3 * i + 2] - blue) < tintOverall.to
    return middles.some(fits) ? 1 : 0
  })
}

/** Size x size x 3: the skin's tint overall; in light of two colours, that of each half by itself, where there is weight. */
function overallTint(
  size: number,
  core: readonly number[],
  colours: Float32Array,
  known: Float32Array,
  weight: Float32Array,
): Float32Array {
  const [left, right] = middlesOf(size, core, colours)
  if (left && right && Math.hypot(left[1] - right[1], left[2] - right[2]) > twoLights)
    return gaussianBlur(colours, size, size, 3, oneHalf * size, known, weight)
  const middle = [0, 1, 2].map(
    (c) =>
      median(
        core.map((i) => colours[3 * i + c]),
        1,
      ) ?? 0,
  )
  const result = new Float32Array(colours.length)
  for (let k = 0; k < result.length; k += 3) result.set(middle, k)
  return result
}

/** How far apart the tints of two images are at a texel, natural logarithm. @param k of its first number */
function tintBetween(a: Float32Array, b: Float32Array, k: number): number {
  const red = a[k + 1] - b[k + 1]
  const blue = a[k + 2] - b[k + 2]
  return Math.sqrt(red * red + blue * blue)
}

type Region = typeof inner

/** A rounded rectangle: the superellipse of exponent 4. */
const within = ({ u, v, width, height }: Region, x: number, y: number) =>
  ((x - u) / width) ** 4 + ((y - v) / height) ** 4 < 1
