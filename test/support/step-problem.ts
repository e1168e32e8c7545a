import type { OnnxModel } from '../../client/graph/onnx.ts'
import { sizeOf } from '../../client/graph/tensor.ts'
import { random } from '../../client/image/random.ts'
import type { Backbone } from '../../client/refine/backbone.ts'
import { toStored } from '../../client/refine/colour-space.ts'
import { sampleTables } from '../../client/refine/hypercolumn.ts'
import { adam, sgd } from '../../client/refine/optimizer.ts'
import { analyse } from '../../client/refine/pyramid.ts'
import { renderMap } from '../../client/refine/renderer.ts'
import { Sampler } from '../../client/refine/sampling.ts'
import type { Preset } from '../../client/refine/schedule.ts'
import { levelsName, type StepSpec, stepGraph } from '../../client/refine/step.ts'
import type { HostTensor } from '../../client/runtime/runtime.ts'
import { randomArray } from './random.ts'

const pyramidDepth = 5

export interface StepProblem {
  spec: StepSpec
  model: OnnxModel
  feeds: Record<string, HostTensor>
  /** Those of the feeds that say where the image is sampled, drawn anew as each step of a run does. */
  draw(seed: number): Record<string, HostTensor>
}

/**
 * The step graph of a preset at one size, with everything it is fed: the backbone's weights, and random numbers of the
 * right kind for the image, the content and the style. For timings and comparisons that need no face.
 */
export function stepProblem(
  backbone: Backbone,
  preset: Preset,
  size: number,
  samples: { content: number; style: number } = preset.samples,
): StepProblem {
  const area = size * size
  const image = toStored(randomArray(3 * area, 1, -0.6, 0.6), preset.chroma)
  const levels = analyse({ height: size, width: size, data: image }, pyramidDepth)
  const { optimizer } = preset
  const mask = new Float32Array(area).fill(1)
  const spec: StepSpec = {
    backbone,
    size,
    levels: levels.map(({ height, width }) => ({ height, width })),
    samples,
    weights: preset.weights,
    chroma: preset.chroma,
    twoSidedRemd: preset.remd === 'two-sided',
    optimizer:
      optimizer.kind === 'adam'
        ? adam(optimizer.rate, optimizer.beta1, optimizer.beta2)
        : sgd(optimizer.rate, optimizer.momentum),
    composite: preset.composite,
    renderer:
      preset.weights.photometric > 0 ? [renderMap(randomArray(2 * area, 2, 0.1, 0.9), mask, size)] : null,
  }
  const model = stepGraph(spec)

  const sampler = new Sampler(mask, size)
  const tables = model.inputs.filter(({ name }) => tableName.test(name))
  const halvings = tables.map(({ name }) => Number(tableName.exec(name)![1]))
  const draw = (seed: number) =>
    sampleTables('x', sampler.draw(samples.content, random(seed)), size, halvings)
  const dataOf = (name: string, length: number): Float32Array => {
    if (name === levelsName) return Float32Array.from(levels.flatMap(({ data }) => [...data]))
    if (backbone.weights.has(name)) return backbone.weights.get(name)!.data
    if (name === 'rate') return Float32Array.of(spec.optimizer.rate(1))
    if (name === 'tapScale') return new Float32Array(length).fill(1)
    // Optimiser states start at zero.
    if (spec.optimizer.states.includes(name)) return new Float32Array(length)
    return randomArray(length, name.length, name === 'locked' || name === 'colour' ? -0.5 : 0, 1)
  }
  const constants = model.inputs
    .filter((each) => !tables.includes(each))
    .map(({ name, shape, dtype }) => {
      return [name, { type: dtype, dims: shape, data: dataOf(name, sizeOf(shape)) } as HostTensor]
    })
  return { spec, model, feeds: { ...Object.fromEntries(constants), ...draw(3) }, draw }
}

/** Where the content is sampled (hypercolumn.ts: `tableInputs`), by how often the map is halved. */
const tableName = /^x_[a-z]+_(\d)$/
