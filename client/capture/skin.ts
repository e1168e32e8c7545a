/** Skin against hair where the face mesh reaches the hairline. */

import { gaussianBlur } from '../image/blur.ts'
import type { Unwrap } from './types.ts'
import { smoothstep } from './visibility.ts'

/** Where only skin, eyes, brows, nose, lips and beard are to be expected: an ellipse in UV. */
const inner = { u: 0.5, v: 0.56, width: 0.34, height: 0.24 }
/** Below this there is beard, not hair: left alone. */
const lowest = 0.66
/** Reference colours reach this far, share of the texture's side. */
const reach = 0.035
/** Each pass takes the skin's colour as far as the pass before found skin, so that shading may change on the way. */
const passes = 6
/** Difference from the skin nearby, from skin to hair: natural log of brightness, log of the ratios to green. */
const brightness = { from: 0.28, to: 0.55 }
const chroma = { from: 0.16, to: 0.32 }

/**
 * How much each texel looks like the skin further inside, in the band of forehead and temples; 1 elsewhere.
 *
 * @param unwrap `weight` without this mask
 * @returns N x N, 0..1
 */
export function skinMask({
  size,
  coverage,
  sampled,
  weight,
  features,
}: Pick<Unwrap, 'size' | 'coverage' | 'sampled' | 'weight' | 'features'>): Float32Array {
  const count = size * size
  const colours = new Float32Array(count * 3)
  const isBand = new Uint8Array(count)
  const known = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const u = ((i % size) + 0.5) / size
    const v = (Math.floor(i / size) + 0.5) / size
    const inside = Math.hypot((u - inner.u) / inner.width, (v - inner.v) / inner.height) < 1
    isBand[i] = coverage[i] && !inside && v < lowest && !features[i] ? 1 : 0
    if (weight[i] === 0) continue
    const [r, g, b] = [0, 1, 2].map((c) => Math.log(sampled[3 * i + c] + 8 / 255))
    colours.set([(r + g + b) / 3, r - g, b - g], 3 * i)
    if (inside && !features[i]) known[i] = weight[i]
  }
  // Hair differs from strand to strand, its mean from the skin's.
  const smooth = gaussianBlur(colours, size, size, 3, 0.004 * size, weight)
  let skin = new Float32Array(count)
  for (let pass = 0; pass < passes; pass++) {
    const reference = gaussianBlur(smooth, size, size, 3, reach * size, known)
    skin = skin.map((_, i) => (isBand[i] && weight[i] > 0 ? likeness(smooth, reference, 3 * i) : 0))
    for (let i = 0; i < count; i++) if (isBand[i]) known[i] = skin[i] > 0.9 ? weight[i] : 0
  }
  const closed = gaussianBlur(skin, size, size, 1, 0.006 * size, weight)
  return skin.map((_, i) => (isBand[i] ? smoothstep(0.5, 0.95, closed[i]) : 1))
}

function likeness(colours: Float32Array, reference: Float32Array, i: number): number {
  const tint = Math.hypot(colours[i + 1] - reference[i + 1], colours[i + 2] - reference[i + 2])
  return (
    (1 - smoothstep(brightness.from, brightness.to, Math.abs(colours[i] - reference[i]))) *
    (1 - smoothstep(chroma.from, chroma.to, tint))
  )
}
