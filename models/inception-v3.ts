import { createRequire } from 'node:module'
import { join } from 'node:path'
import { packageFolder } from './package.ts'
import type { Recipe } from './recipe.ts'
import { type StoredTensor, writeSafetensors } from './safetensors.ts'

/** One step of the trunk, in the order of evaluation. `inputs` name earlier steps or `input`. */
export interface TrunkStep {
  /** What the step's output is called: `activation_7`, `max_pooling2d_1`, `mixed0`. */
  name: string
  /** `conv` is convolution, folded batch norm and ReLU; `avgpool` leaves padding out of the average. */
  op: 'conv' | 'maxpool' | 'avgpool' | 'concat'
  inputs: string[]
  /** Prefix of the convolution's tensors: `<weights>.weight`, `.gain`, `.bias`. */
  weights?: string
  /** [height, width] */
  kernel?: [number, number]
  stride?: number
  padding?: 'same' | 'valid'
  /** Output channels. */
  out: number
}

/** The parts of a tfjs layers model (converted from Keras) that are read here. */
export interface KerasModel {
  modelTopology: { model_config: { config: { layers: KerasLayer[] } } }
  weightsManifest: { weights: KerasWeight[] }[]
}
interface KerasLayer {
  name: string
  class_name: string
  config: KerasConfig
  inbound_nodes: [string, number, number, object][][]
}
/** Convolutions, pools and batch norms share one bag of settings; each kind has only its own. */
interface KerasConfig {
  use_bias: boolean
  trainable: boolean
  kernel_size: [number, number]
  pool_size: [number, number]
  strides: [number, number]
  padding: 'same' | 'valid'
  filters: number
  epsilon: number
  scale: boolean
}
interface KerasWeight {
  name: string
  shape: number[]
  quantization: { min: number; scale: number; dtype: string }
}
interface QuantizedWeight extends KerasWeight {
  data: Uint8Array
}

const from = 'nsfwjs'
const lastStep = 'mixed2'

export const inceptionV3: Recipe = {
  id: 'inception-v3',
  from,
  purpose: 'backbone',
  licence: 'Apache-2.0',
  source: `npm ${from} dist/models/inception_v3 (MIT), its layers up to ${lastStep} only: they were frozen in training and are the ImageNet weights of Keras Applications' InceptionV3 (Apache-2.0; Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2015), quantised to uint8`,
  make: async () => {
    const { model, data } = await readPackagedModel()
    return new Map([['inception-v3.safetensors', foldTrunk(model, data)]])
  },
}

/** nsfwjs ships its model as scripts: one exports the topology, six export shares of the weights in base64. */
export async function readPackagedModel(): Promise<{ model: KerasModel; data: Uint8Array }> {
  const require = createRequire(import.meta.url)
  const folder = await packageFolder(from)
  const load = (file: string) => require(join(folder, `dist/models/inception_v3/${file}.min.js`))
  const model = load('model')
  const paths: string[] = model.weightsManifest[0].paths
  const shares = paths.map((_, i) => Buffer.from(load(`group1-shard${i + 1}of${paths.length}`), 'base64'))
  return { model, data: Buffer.concat(shares) }
}

/**
 * The trunk as one safetensors file, as models/inception-v3.md describes: for each convolution the quantised weight
 * (U8, [out, in, height, width]) and the batch norm folded into a gain and a bias (F32, [out]).
 */
export function foldTrunk(model: KerasModel, data: Uint8Array): Uint8Array {
  const layers = new Map(model.modelTopology.model_config.config.layers.map((layer) => [layer.name, layer]))
  const weights = sliceWeights(model, data)
  const tensors = new Map<string, StoredTensor>()
  const steps = trunkSteps(layers)
  const metadata: Record<string, string> = { topology: JSON.stringify(steps) }
  for (const step of steps) {
    if (step.op !== 'conv') continue
    const name = step.weights!
    const kernel = weights.get(`${name}/kernel`)!
    const { gain, bias } = foldBatchNorm(
      step.name.replace('activation', 'batch_normalization'),
      layers,
      weights,
    )
    const [height, width, input, out] = kernel.shape
    tensors.set(`${name}.weight`, {
      dtype: 'U8',
      shape: [out, input, height, width],
      data: hwioToOihw(kernel),
    })
    tensors.set(`${name}.gain`, { dtype: 'F32', shape: [out], data: gain })
    tensors.set(`${name}.bias`, { dtype: 'F32', shape: [out], data: bias })
    metadata[`${name}.min`] = String(kernel.quantization.min)
    metadata[`${name}.scale`] = String(kernel.quantization.scale)
  }
  return writeSafetensors(tensors, metadata)
}

function sliceWeights(model: KerasModel, data: Uint8Array): Map<string, QuantizedWeight> {
  const weights = new Map<string, QuantizedWeight>()
  let at = 0
  for (const weight of model.weightsManifest[0].weights) {
    if (weight.quantization?.dtype !== 'uint8') throw new Error(`${from}: ${weight.name} is not uint8.`)
    const length = weight.shape.reduce((a, b) => a * b, 1)
    weights.set(weight.name, { ...weight, data: data.subarray(at, at + length) })
    at += length
  }
  if (at !== data.length)
    throw new Error(`${from}: ${at} bytes of weights were announced, ${data.length} found.`)
  return weights
}

/** Everything that `lastStep` needs, in Keras' order of layers, each convolution joined with its norm and ReLU. */
function trunkSteps(layers: Map<string, KerasLayer>): TrunkStep[] {
  const steps = new Map<string, TrunkStep>()
  const visit = (name: string): TrunkStep => {
    const known = steps.get(name)
    if (known) return known
    const layer = layers.get(name)!
    const step = layer.class_name === 'Activation' ? convolution(layer, layers) : plainStep(layer)
    const channels = step.inputs.map((input) => (input === 'input' ? 3 : visit(input).out))
    if (step.op === 'concat') step.out = channels.reduce((a, b) => a + b, 0)
    else if (step.op !== 'conv') step.out = channels[0]
    steps.set(name, step)
    return step
  }
  visit(lastStep)
  return [...steps.values()]
}

/** The Activation layer at the end of convolution, batch norm, ReLU. */
function convolution(activation: KerasLayer, layers: Map<string, KerasLayer>): TrunkStep {
  const norm = layers.get(inputNames(activation)[0])!
  const conv = layers.get(inputNames(norm)[0])!
  if (conv.class_name !== 'Conv2D' || conv.config.use_bias || conv.config.trainable) {
    throw new Error(`${from}: ${conv.name} was expected to be a frozen convolution without bias.`)
  }
  const { kernel_size: kernel, strides, padding, filters: out } = conv.config
  const inputs = inputNames(conv).map(stepName)
  return {
    name: activation.name,
    op: 'conv',
    inputs,
    weights: conv.name,
    kernel,
    stride: strides[0],
    padding,
    out,
  }
}

function plainStep(layer: KerasLayer): TrunkStep {
  const inputs = inputNames(layer).map(stepName)
  if (layer.class_name === 'Concatenate') return { name: layer.name, op: 'concat', inputs, out: 0 }
  const op = layer.class_name === 'MaxPooling2D' ? 'maxpool' : 'avgpool'
  const { pool_size: kernel, strides, padding } = layer.config
  return { name: layer.name, op, inputs, kernel, stride: strides[0], padding, out: 0 }
}

function inputNames(layer: KerasLayer): string[] {
  return layer.inbound_nodes[0].map(([name]) => name)
}

function stepName(layer: string): string {
  return layer.startsWith('input') ? 'input' : layer
}

/** Batch norm of y = (x - mean) / sqrt(variance + epsilon) + beta (no scale in this network) as x * gain + bias. */
function foldBatchNorm(name: string, layers: Map<string, KerasLayer>, weights: Map<string, QuantizedWeight>) {
  const { epsilon, scale } = layers.get(name)!.config
  if (scale) throw new Error(`${from}: ${name} has a scale, which was not expected.`)
  const [beta, mean, variance] = ['beta', 'moving_mean', 'moving_variance'].map((part) =>
    dequantize(weights.get(`${name}/${part}`)!),
  )
  const gain = variance.map((value) => 1 / Math.sqrt(value + epsilon))
  return {
    gain: Float32Array.from(gain),
    bias: Float32Array.from(beta, (value, i) => value - mean[i] * gain[i]),
  }
}

function dequantize({ data, quantization: { min, scale } }: QuantizedWeight): Float64Array {
  return Float64Array.from(data, (value) => value * scale + min)
}

function hwioToOihw({ data, shape: [height, width, input, out] }: QuantizedWeight): Uint8Array {
  const moved = new Uint8Array(data.length)
  const area = height * width
  for (let p = 0; p < area; p++)
    for (let i = 0; i < input; i++)
      for (let o = 0; o < out; o++) moved[(o * input + i) * area + p] = data[(p * input + i) * out + o]
  return moved
}
