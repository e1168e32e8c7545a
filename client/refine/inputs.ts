/** What one scale of a run compares: the problem's images at that size, and where they are sampled. */

import type { Random } from '../image/random.ts'
import type { Positions } from './hypercolumn.ts'
import { flip, resizeSquare, toPlanar } from './planar.ts'
import { erodeMask, type Renderer, reduceView, renderMap } from './renderer.ts'
import { Sampler } from './sampling.ts'
import type { Preset } from './schedule.ts'
import { allOfStyle, filledStyle, styleDensity } from './style.ts'
import type { RefinementProblem } from './types.ts'
import { vertexRenderer } from './vertex-renderer.ts'

export interface ScaleInputs {
  /** N: side of the images here. */
  size: number
  /** The texture's side over this one. All loss weights but the colour's are multiplied by it. */
  divisor: number
  /** Planar, 3 x N x N, -1..1, as are `style` and its left-right flip, `flipped`. */
  content: Float32Array
  style: Float32Array
  flipped: Float32Array
  /** N x N, 0..1: the share of each texel that is optimised, the rest being the content; null: every texel is free. */
  freedom: Float32Array | null
  /** What the photometric term compares, P pixels; null without one. */
  photo: { pixels: Float32Array; mask: Float32Array; renderer: Renderer } | null
  /** How many hypercolumns `draw` takes; `flipped` may be 0. */
  samples: { texture: number; style: number; flipped: number }
  /** Draws the places of hypercolumns: `texture` anew each step, the others once a scale. */
  draw: {
    texture(): Positions
    style(): Positions
    flipped(): Positions
  }
}

/** Texels of less freedom than this are not sampled. */
const sampledFreedom = 0.05
/** The official grid has at most this many positions a side. */
const grid = 128

/**
 * Brings the problem's images to a scale.
 *
 * @param problem its `freedom` says where the texture is compared with the content
 * @param content N x N x 3, 0..1: this round's content at full size
 */
export function scaleInputs(
  problem: RefinementProblem,
  preset: Preset,
  divisor: number,
  content: Float32Array,
  random: Random,
): ScaleInputs {
  const size = problem.size / divisor
  const scaled = (image: Float32Array, channels: number) => resizeSquare(image, problem.size, size, channels)
  const freedom = scaled(problem.freedom, 1)
  const styleImage = scaled(preset.style === 'all' ? problem.sampled : filledStyle(problem), 3)
  const styleWeight = styleDensityOf(preset, problem, freedom, size)
  const flipped = problem.symmetric ? Math.floor(preset.samples.style * preset.flips) : 0
  const samples = { texture: preset.samples.content, style: preset.samples.style - flipped, flipped }

  const compared = preset.contentMask
    ? freedom.map((value) => (value > sampledFreedom ? 1 : 0))
    : new Float32Array(size * size).fill(1)
  const texture = new Sampler(compared, size, gridOf(preset, size, random))
  const straight = new Sampler(styleWeight, size)
  const mirrored = new Sampler(flip(styleWeight, size, 1), size)
  return {
    size,
    divisor,
    content: toPlanar(scaled(content, 3), size),
    style: toPlanar(styleImage, size),
    flipped: toPlanar(flip(styleImage, size, 3), size),
    freedom: preset.composite ? freedom : null,
    photo: preset.weights.photometric > 0 ? photoOf(problem, preset, size) : null,
    samples,
    draw: {
      texture: () => texture.draw(samples.texture, random),
      style: () => straight.draw(samples.style, random),
      flipped: () => mirrored.draw(samples.flipped, random),
    },
  }
}

function styleDensityOf(
  preset: Preset,
  problem: RefinementProblem,
  freedom: Float32Array,
  size: number,
): Float32Array {
  switch (preset.style) {
    case 'kindred':
      return styleDensity(problem, freedom, size)
    case 'visible':
      return allOfStyle(problem, size)
    case 'all':
      return new Float32Array(size * size).fill(1)
  }
}

/** The official grid: every 2nd texel at 256 px, every 4th at 512 px. */
function gridOf({ sampling }: Preset, size: number, random: Random) {
  if (sampling === 'everywhere') return undefined
  const stride = Math.max(1, Math.floor(size / grid))
  return { stride, row: random.integer(stride), column: random.integer(stride) }
}

function photoOf(problem: RefinementProblem, preset: Preset, size: number): ScaleInputs['photo'] {
  const { view, mesh } = problem
  const { uv, mask } = reduceView(view, size)
  return {
    pixels: toPlanar(resizeSquare(view.photo, view.size, size, 3), size),
    mask: preset.erosion > 0 ? erodeMask(mask, size, Math.floor(size * preset.erosion)) : mask,
    renderer:
      preset.renderer === 'nearest-vertex'
        ? vertexRenderer(uv, mask, size, mesh)
        : [renderMap(uv, mask, size)],
  }
}
