/**
 * Backbones: frozen trunks whose feature maps make the hypercolumns. The weights are graph inputs, so that one copy on
 * the device serves every scale.
 */

import * as g from '../graph/ops.ts'
import { constant, input, type Tensor } from '../graph/tensor.ts'
import type { ModelStore } from '../runtime/models.ts'
import { type ConvLayer, pool2, pool3, uncountPadding } from './layers.ts'
import { RefinementError } from './refinement-error.ts'
import type { Preset } from './schedule.ts'
import { readWeights, type WeightsFile, type WeightTensor } from './weights.ts'

export interface Backbone {
  id: string
  /** Fed as graph inputs of these names. */
  weights: ReadonlyMap<string, WeightTensor>
  /**
   * Feature maps of an image [1, 3, N, N] in -1..1. The first is the ImageNet-normalised image itself; each map's side
   * is N halved a whole number of times. `disturb` may change a tap, with all that follows from it.
   */
  maps(image: Tensor, disturb?: Disturb): Tensor[]
  /** Weight of each map after the first, once it is normalised to unit RMS on the content image; null: as they are. */
  tapWeights: readonly number[] | null
}

/** @param tap 1 for the first map after the image */
export type Disturb = (map: Tensor, tap: number) => Tensor

/** The image as torchvision's models expect it: [1, 3, H, W] from -1..1 to zero mean and unit variance over ImageNet. */
export function imagenetNormalised(image: Tensor): Tensor {
  const mean = constant(Float32Array.of(0.485, 0.456, 0.406), [1, 3, 1, 1])
  const deviation = constant(Float32Array.of(0.229, 0.224, 0.225), [1, 3, 1, 1])
  return g.div(g.sub(unitRange(image), mean), deviation)
}

/** -1..1 -> 0..1 */
const unitRange = (image: Tensor) => g.mul(g.add(image, 1), 0.5)

/** @throws RefinementError `bad-weights`; Error where the model holds no weights that can be read */
export async function loadBackbone(id: string, store: ModelStore): Promise<Backbone> {
  const files = await store.load(id)
  const file = [...files].find(([name]) => name.endsWith('.safetensors'))
  if (!file) throw new Error(`The model "${id}" holds no .safetensors file; it cannot serve as a backbone.`)
  const weights = readWeights(file[1])
  const backbone = weights.metadata.topology ? trunkBackbone(id, weights) : vgg16Backbone(id, weights)
  for (const [name, weight] of backbone.weights) requireWeights(name, weight)
  return backbone
}

/** Far more than any network's, and far less than what a layer's sum overflows from. */
const mostWeight = 1e6

/** @throws RefinementError `bad-weights` */
function requireWeights(name: string, { shape, data }: WeightTensor): void {
  const isWeight = data.every((value) => Math.abs(value) < mostWeight)
  // A bias may be zero throughout.
  if (isWeight && (shape.length === 1 || data.some((value) => value !== 0))) return
  throw new RefinementError(
    'bad-weights',
    `The network's weights are damaged (${name}), so there is no refined texture: load the page again, or add the weights anew.`,
    null,
    { name },
  )
}

/** A step of a trunk's topology, as models/inception-v3.md describes it. */
interface TrunkStep {
  name: string
  op: 'conv' | 'maxpool' | 'avgpool' | 'concat'
  inputs: string[]
  weights?: string
  kernel?: [number, number]
  stride?: number
}

const trunkTaps = [
  'activation_1',
  'activation_2',
  'activation_3',
  'activation_4',
  'activation_5',
  'mixed0',
  'mixed1',
  'mixed2',
]

/**
 * Inception-v3 to mixed2, input 0..1. Layers that are `valid` in the original are padded as `same` here, so that
 * coordinates halve exactly; windows of stride 2 are centred on the even positions.
 */
export function trunkBackbone(id: string, { tensors, metadata }: WeightsFile): Backbone {
  const steps: TrunkStep[] = JSON.parse(metadata.topology)
  const weights = new Map<string, WeightTensor>()
  for (const { op, weights: prefix, stride = 1 } of steps) {
    if (op !== 'conv') continue
    const weight = tensors.get(`${prefix}.weight`)!
    const gain = tensors.get(`${prefix}.gain`)!
    const perOutput = weight.data.length / weight.shape[0]
    weights.set(`${prefix}.weight`, {
      shape: weight.shape,
      data: weight.data.map((value, i) => value * gain.data[Math.floor(i / perOutput)]),
    })
    weights.set(`${prefix}.bias`, tensors.get(`${prefix}.bias`)!)
    if (stride === 1) addAdjoint(weights, `${prefix}.weight`)
  }
  const layer = (step: TrunkStep): ConvLayer => {
    const [height, width] = step.kernel!
    const stride = step.stride ?? 1
    const [v, h] = [Math.floor(height / 2), Math.floor(width / 2)]
    return {
      weight: weightInput(weights, `${step.weights}.weight`),
      adjoint: stride === 1 ? adjointName(`${step.weights}.weight`) : undefined,
      bias: weightInput(weights, `${step.weights}.bias`),
      stride,
      pads: stride === 1 ? [v, h, v, h] : [v, h, v - 1, h - 1],
    }
  }
  return {
    id,
    weights,
    tapWeights: [0.5, 0.5, 0.5, 1, 2.8, 6.4, 10.8, 10.8],
    maps: (image, disturb = (map) => map) => {
      const values = new Map<string, Tensor>([['input', unitRange(image)]])
      for (const step of steps) {
        const x = step.inputs.map((name) => values.get(name)!)
        const value = trunkStep(step, x, layer)
        const tap = trunkTaps.indexOf(step.name) + 1
        values.set(step.name, tap > 0 ? disturb(value, tap) : value)
      }
      return [imagenetNormalised(image), ...trunkTaps.map((name) => values.get(name)!)]
    },
  }
}

function trunkStep(step: TrunkStep, x: readonly Tensor[], layer: (step: TrunkStep) => ConvLayer): Tensor {
  switch (step.op) {
    case 'conv': {
      const { weight, bias, stride, pads, adjoint } = layer(step)
      return g.relu(g.conv(x[0], weight, bias, { strides: [stride, stride], pads, adjoint }))
    }
    case 'maxpool':
      return pool3(x[0])
    case 'avgpool':
      return uncountPadding(g.averagePool3(x[0]))
    case 'concat':
      return g.concat(x, 1)
  }
}

/** torchvision's VGG16: convolutions a block; a 2 x 2 pool follows each block but the last. */
const vgg16Blocks = [2, 2, 3, 3, 3]
/** ReLU outputs at torchvision indices 1, 3, 6, 8, 11, 13, 15, 22, 29. */
const vgg16Taps = [
  'conv1_1',
  'conv1_2',
  'conv2_1',
  'conv2_2',
  'conv3_1',
  'conv3_2',
  'conv3_3',
  'conv4_3',
  'conv5_3',
]

/** VGG16 of any widths: tensors `conv1_1.weight` [O, I, 3, 3], `conv1_1.bias` [O] .. `conv5_3`. */
export function vgg16Backbone(id: string, { tensors }: WeightsFile): Backbone {
  const weights = new Map(tensors)
  for (const name of tensors.keys()) if (name.endsWith('.weight')) addAdjoint(weights, name)
  return {
    id,
    weights,
    tapWeights: null,
    maps: (image, disturb = (map) => map) => {
      let x = imagenetNormalised(image)
      const maps = [x]
      vgg16Blocks.forEach((convolutions, block) => {
        for (let i = 1; i <= convolutions; i++) {
          const name = `conv${block + 1}_${i}`
          const [weight, bias] = ['weight', 'bias'].map((part) => weightInput(weights, `${name}.${part}`))
          const adjoint = adjointName(`${name}.weight`)
          x = g.relu(g.conv(x, weight, bias, { pads: [1, 1, 1, 1], adjoint }))
          if (vgg16Taps.includes(name)) {
            x = disturb(x, maps.length)
            maps.push(x)
          }
        }
        if (block < vgg16Blocks.length - 1) x = pool2(x)
      })
      return maps
    },
  }
}

/** What the way back through a convolution needs of its weight, beside it. */
const adjointName = (name: string) => `${name}.adjoint`

function addAdjoint(weights: Map<string, WeightTensor>, name: string): void {
  const weight = weights.get(name)
  if (weight) weights.set(adjointName(name), adjointWeight(weight))
}

/** [O, I, h, w] -> [I, O, h, w], each kernel turned by half a turn: the convolution with it is the adjoint of that of stride 1. */
export function adjointWeight({ shape, data }: WeightTensor): WeightTensor {
  const [outputs, inputs, height, width] = shape
  const area = height * width
  const turned = new Float32Array(data.length)
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let k = 0; k < area; k++)
        turned[(i * outputs + o) * area + k] = data[(o * inputs + i + 1) * area - 1 - k]
  return { shape: [inputs, outputs, height, width], data: turned }
}

function weightInput(weights: ReadonlyMap<string, WeightTensor>, name: string): Tensor {
  const weight = weights.get(name)
  if (!weight) throw new Error(`The backbone's weights file has no tensor "${name}".`)
  return input(name, weight.shape)
}

/**
 * Looks whether the preset's backbone is installed, so that a run can be refused before any work.
 *
 * @throws RefinementError 'no-backbone', saying how to add it or which there are
 */
export async function requireBackbone(
  preset: Pick<Preset, 'name' | 'backbone'>,
  store: ModelStore,
): Promise<void> {
  const { models } = await store.manifest()
  const known = models.filter(({ purpose }) => purpose === 'backbone').map(({ id }) => id)
  if (known.includes(preset.backbone)) return
  const how =
    preset.backbone === 'vgg16'
      ? 'Its weights are not bundled: add your own with "npm run models -- add vgg16 FILE" (.pth, .safetensors or ONNX; models/vgg16.md says where to get them).'
      : `Backbones here: ${known.join(', ')}.`
  throw new RefinementError(
    'no-backbone',
    `The preset "${preset.name}" needs the backbone "${preset.backbone}". ${how}`,
    null,
    { preset: preset.name, backbone: preset.backbone, known: known.join(', ') },
  )
}
