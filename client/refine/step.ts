/** Graphs of one scale: features of an image, statistics of the style, and the optimisation step itself. */
import { gradient } from '../graph/gradient.ts'
import { type OnnxModel, toOnnx } from '../graph/onnx.ts'
import * as g from '../graph/ops.ts'
import { input, sizeOf, type Tensor } from '../graph/tensor.ts'
import type { Backbone } from './backbone.ts'
import { fromStoredTensor } from './colour-space.ts'
import { hypercolumn, nearestHypercolumn } from './hypercolumn.ts'
import { colourLoss, contentLoss, momentLoss, photometricLoss, remdLoss, styleStatistics } from './losses.ts'
import type { Optimizer } from './optimizer.ts'
import { synthesis } from './pyramid.ts'
import { outputs as outputsOf, type Renderer, render } from './renderer.ts'
import type { LossName } from './types.ts'

export const mapName = (k: number) => `map_${k}`
/** The pyramid and each optimiser state travel as one vector: all levels, finest first, one after the other. */
export const levelsName = 'levels'

/**
 * Stacks neighbouring maps of one size along the channels, in the same order, so that they are sampled at once. Maps of the
 * image's own size are not: they are the largest, and need only one look each, which is less than copying them.
 */
function stack(maps: readonly Tensor[]): Tensor[] {
  const groups: Tensor[][] = []
  for (const map of maps) {
    const last = groups.at(-1)
    if (last && last[0].shape[2] === map.shape[2] && map.shape[2] < maps[0].shape[2]) last.push(map)
    else groups.push([map])
  }
  return groups.map((group) => g.concat(group, 1))
}

/** What a backbone gives at one image size. */
export interface MapShapes {
  /** Channels of each map: what one tap weight applies to. */
  channels: number[]
  /** Shapes of the stacked maps that travel between the graphs, [1, C, h, w]. */
  stacked: (readonly number[])[]
}

export function mapShapes(backbone: Backbone, size: number): MapShapes {
  const maps = backbone.maps(input('image', [1, 3, size, size]))
  return { channels: maps.map(({ shape }) => shape[1]), stacked: stack(maps).map(({ shape }) => shape) }
}

/** How many of the deepest taps the official code adds noise to. */
const noisyTaps = 3
/** The input that is added to a tap, [1, 1, h, w]: the same for all its channels. */
const noiseName = (tap: number) => `noise_${tap}`
export const isNoise = (name: string) => name.startsWith('noise_')

/**
 * image [3, N * N] in -1..1 -> stacked map_0, map_1, ... and `sizes`: the root mean square of each map before stacking, then the
 * magnitude of each stacked map.
 * With `noise`, the three deepest taps, and what follows from them, have inputs `noise_k` added, see {@link isNoise}.
 */
export function featureGraph(backbone: Backbone, size: number, noise = false): OnnxModel {
  const image = g.reshape(input('image', [3, size * size]), [1, 3, size, size])
  const taps = backbone.maps(image).length - 1
  const maps = backbone.maps(image, (map, tap) => {
    if (!noise || tap <= taps - noisyTaps) return map
    return g.add(map, input(noiseName(tap), [1, 1, ...map.shape.slice(2)]))
  })
  const rms = maps.map((map) => g.reshape(g.sqrt(g.mean(g.square(map))), [1]))
  const stacked = stack(maps)
  const sizes = g.concat([...rms, ...stacked.map(magnitude)], 0)
  return toOnnx({ ...Object.fromEntries(stacked.map((map, k) => [mapName(k), map])), sizes })
}

const mapInputs = ({ stacked }: MapShapes, prefix: string) =>
  stacked.map((shape, k) => input(`${prefix}${mapName(k)}`, shape))
const total = (channels: readonly number[]) => channels.reduce((a, b) => a + b, 0)
const tapScale = ({ channels }: MapShapes) => input('tapScale', [total(channels), 1])

/** Names of the style statistics, outputs of {@link styleGraph} and inputs of {@link stepGraph}. */
export const styleNames = ['unit', 'mean', 'covariance', 'colour'] as const

/**
 * Maps of the style image (`style_map_k`) and, with `flipped` samples, of its left-right flip (`flip_map_k`) ->
 * the statistics of losses.ts, and `magnitudes`: of the maps of content (`content_map_k`), style and flip as they came in, and of
 * the statistics as they go out. Index inputs: `style_index_H`, `flip_index_H`; `tapScale` [D, 1].
 */
export function styleGraph(
  shapes: MapShapes,
  size: number,
  samples: { straight: number; flipped: number },
): OnnxModel {
  const maps = mapInputs(shapes, 'style_')
  const parts = [nearestHypercolumn(maps, size, samples.straight, 'style')]
  if (samples.flipped > 0) {
    const flipped = mapInputs(shapes, 'flip_')
    parts.push(nearestHypercolumn(flipped, size, samples.flipped, 'flip'))
    maps.push(...flipped)
  }
  const statistics = styleStatistics(g.mul(g.concat(parts, 1), tapScale(shapes)))
  const known = [...mapInputs(shapes, 'content_'), ...maps, ...styleNames.map((name) => statistics[name])]
  return toOnnx({ ...statistics, magnitudes: g.concat(known.map(magnitude), 0) })
}

export interface StepSpec {
  backbone: Backbone
  /** Side of the image at this scale. */
  size: number
  /** Shapes of all pyramid levels, finest first. */
  levels: readonly { height: number; width: number }[]
  samples: { content: number; style: number }
  weights: { content: number; style: number; colour: number; photometric: number }
  chroma: number
  twoSidedRemd: boolean
  optimizer: Optimizer
  /** Optimise inside `freedom * x + locked` (inputs `freedom` [1, N * N], `locked` [3, N * N]). */
  composite: boolean
  /** Needed where weights.photometric > 0; photo and mask are inputs [3, P], [1, P]. */
  renderer: Renderer | null
}

/** What a step computes, in this order: a benchmark runs as much of it as it wants to know the time of. */
export interface StepTensors {
  /** The backbone's maps of the texture. */
  maps: Tensor[]
  /** The weighted sum of the losses, []. */
  objective: Tensor
  /** Of the objective by all levels, one vector. */
  gradient: Tensor
  /** What {@link stepGraph} gives out, by name. */
  outputs: Record<string, Tensor>
}

/**
 * One step: levels and optimiser states in; losses (see {@link lossWeights}), texture (before the step, [3, N * N]) and new levels and states out.
 * Where `x` is sampled, see {@link sampleTables}; content maps `content_map_k`; style statistics by name.
 */
export const stepGraph = (spec: StepSpec): OnnxModel => toOnnx(stepTensors(spec).outputs)

export function stepTensors(spec: StepSpec): StepTensors {
  const { backbone, size, samples, weights, optimizer } = spec
  const unknowns = input(levelsName, [spec.levels.reduce((sum, level) => sum + levelLength(level), 0)])
  const first = spec.levels.findIndex((level) => level.height === size)
  const levels = sliceLevels(unknowns, spec.levels).slice(first)
  const free = fromStoredTensor(synthesis(levels), spec.chroma)
  const area = size * size
  const texture = spec.composite
    ? g.add(g.mul(free, input('freedom', [1, area])), input('locked', [3, area]))
    : free

  const maps = backbone.maps(g.reshape(texture, [1, 3, size, size]))
  const shapes = mapShapes(backbone, size)
  const channels = total(shapes.channels)
  const scale = tapScale(shapes)
  const x = g.mul(hypercolumn(stack(maps), size, samples.content, 'x'), scale)
  const content = g.mul(hypercolumn(mapInputs(shapes, 'content_'), size, samples.content, 'x'), scale)
  const style = {
    unit: input('unit', [samples.style, channels]),
    mean: input('mean', [channels, 1]),
    covariance: input('covariance', [channels, channels]),
    colour: input('colour', [samples.style, 3]),
  }
  const terms: [Exclude<LossName, 'total'>, Tensor][] = [
    ['content', contentLoss(x, content)],
    ['remd', remdLoss(x, style, spec.twoSidedRemd)],
    ['moments', momentLoss(x, style)],
    ['colour', colourLoss(x, style)],
  ]
  if (weights.photometric > 0) {
    if (!spec.renderer) throw new Error('stepGraph: a photometric weight needs the renderer.')
    const pixels = outputsOf(spec.renderer.at(-1)!)
    const rendered = render(texture, spec.renderer)
    const loss = photometricLoss(rendered, input('photo', [3, pixels]), input('mask', [1, pixels]))
    terms.push(['photometric', loss])
  }
  const weightOf = lossWeights(spec)
  const active = terms.flatMap(([name, loss]) => {
    const weight = weightOf[name]
    return weight ? [[name, weight, loss] as const] : []
  })
  const objective = active.map(([, weight, loss]) => g.mul(loss, weight)).reduce((a, b) => g.add(a, b))

  // Levels finer than this scale get no gradient, as in the official code.
  const inactive = spec.levels.slice(0, first).reduce((sum, level) => sum + levelLength(level), 0)
  const gradients = gradient(objective, levels).map((level) => g.reshape(level, [levelLength(level.shape)]))
  const whole = g.pad(g.concat(gradients, 0), 0, inactive, 0)
  const states = optimizer.states.map((state) => input(state, unknowns.shape))
  const updated = optimizer.update(unknowns, whole, states, input('rate', []))
  const outputs: Record<string, Tensor> = { [nextName(levelsName)]: updated.parameter }
  optimizer.states.forEach((state, k) => {
    outputs[nextName(state)] = updated.states[k]
  })
  // One vector, so that the host waits for one read a step.
  const told = g.concat(
    [
      ...active.map(([, , loss]) => g.reshape(loss, [1])),
      magnitudes([unknowns, ...states, updated.parameter, ...updated.states]),
    ],
    0,
  )
  return { maps, objective, gradient: whole, outputs: { losses: told, texture, ...outputs } }
}

/** The mean absolute value, [1]. */
function magnitude(x: Tensor): Tensor {
  return magnitudes([g.reshape(x, [sizeOf(x.shape)])])
}

/** The mean absolute values of k vectors of one length, [k]. Rows first: a GPU sums them side by side. */
function magnitudes(vectors: readonly Tensor[]): Tensor {
  const [length] = vectors[0].shape
  let rows = Math.floor(Math.sqrt(length))
  while (length % rows > 0) rows--
  const all = g.reshape(g.concat(vectors, 0), [vectors.length * rows, length / rows])
  const sums = g.reshape(g.reduceSum(g.abs(all), [1]), [vectors.length, rows])
  return g.reshape(g.mul(g.reduceSum(sums, [1]), 1 / length), [vectors.length])
}

/** Name of the output that becomes the next step's input `name`. */
export const nextName = (name: string) => `next_${name}`

const levelLength = (level: { height: number; width: number } | readonly number[]) =>
  'height' in level ? 3 * level.height * level.width : level.reduce((a, b) => a * b, 1)

/** The levels [3, h, w] in the vector of all. */
function sliceLevels(vector: Tensor, shapes: StepSpec['levels']): Tensor[] {
  let end = 0
  return shapes.map(({ height, width }) => {
    const start = end
    end += 3 * height * width
    return g.reshape(g.slice(vector, 0, start, end), [3, height, width])
  })
}

/**
 * Weights of the losses that take part, in the order of the first elements of the step's `losses` output, which has them
 * unweighted. Magnitudes follow there: of the levels and of each state as they came in, then as they go out.
 */
export function lossWeights({
  weights: { content, style, colour, photometric },
}: Pick<StepSpec, 'weights'>): Partial<Record<Exclude<LossName, 'total'>, number>> {
  const all = {
    content,
    remd: style,
    moments: style,
    colour: (style * colour) / Math.max(content, 1),
    photometric,
  }
  return Object.fromEntries(Object.entries(all).filter(([, weight]) => weight > 0))
}

/**
 * [D, 1] values of `tapScale`: each map's weight over its RMS on the content image; ones where taps are unweighted. The
 * image itself (map 0) stays as it is: the colour loss reads it.
 *
 * @param rms one for each map
 */
export function tapScaleValues(backbone: Backbone, shapes: MapShapes, rms: ArrayLike<number>): Float32Array {
  return Float32Array.from(
    shapes.channels.flatMap((channels, k) => {
      const factor = k > 0 && backbone.tapWeights ? backbone.tapWeights[k - 1] / Math.max(rms[k], 1e-6) : 1
      return new Array<number>(channels).fill(factor)
    }),
  )
}
