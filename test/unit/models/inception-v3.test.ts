import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { foldTrunk, type KerasModel, readPackagedModel } from '../../../models/inception-v3.ts'
import { type Feature, readSafetensors, runTrunk, type Safetensors } from './trunk.ts'

// The packaged model runs in tfjs, the folded file in float64 loops that know only its description.
const size = 75
const taps = ['activation_1', 'activation_5', 'mixed0', 'mixed1', 'mixed2']

let packaged: { model: KerasModel; data: Uint8Array }
let folded: Safetensors

beforeAll(async () => {
  packaged = await readPackagedModel()
  folded = readSafetensors(foldTrunk(packaged.model, packaged.data))
})

describe('the folded Inception-v3 trunk', () => {
  test('gives the features of the packaged model', { timeout: 120_000 }, async () => {
    const input = gradientImage()
    const outputs = runTrunk(folded, input)
    const expected = await runPackaged(input)
    for (const tap of taps) {
      expect(outputs.get(tap)!.data.length, tap).toBe(expected.get(tap)!.length)
      expect(relativeDifference(outputs.get(tap)!.data, expected.get(tap)!), tap).toBeLessThan(1e-5)
    }
  })

  test('holds 26 convolutions and nothing else', () => {
    const names = [...folded.tensors.keys()].filter((name) => name.endsWith('.weight')).sort()
    expect(names).toEqual(Array.from({ length: 26 }, (_, i) => `conv2d_${i + 1}.weight`).sort())
    expect(folded.tensors.size).toBe(3 * 26)
  })
})

/** Smooth colours with a little structure, 0..1. */
function gradientImage(): Feature {
  const data = new Float64Array(3 * size * size)
  for (let i = 0; i < data.length; i++) {
    const [c, y, x] = [Math.floor(i / (size * size)), Math.floor(i / size) % size, i % size]
    data[i] = 0.5 + 0.3 * Math.sin(0.3 * x + c) + 0.2 * Math.cos(0.7 * y - c)
  }
  return { channels: 3, size, data: Float64Array.from(Float32Array.from(data)) }
}

/** The packaged model cut off after mixed2, on tfjs' CPU backend. Outputs channels first. */
async function runPackaged(input: Feature): Promise<Map<string, Float32Array>> {
  await tf.setBackend('cpu')
  const model = await loadLayersModel(tf.io.fromMemory(cutModel()))
  const image = tf.transpose(tf.tensor(Float32Array.from(input.data), [1, 3, size, size]), [0, 2, 3, 1])
  const outputs = model.predict(image) as tf.Tensor[]
  return new Map(
    taps.map((tap, i) => [tap, tf.transpose(outputs[i], [0, 3, 1, 2]).dataSync() as Float32Array]),
  )
}

interface CutLayer {
  name: string
  config: { batch_input_shape?: (number | null)[] }
}

function cutModel(): tf.io.ModelArtifacts {
  const { modelTopology, weightsManifest } = structuredClone(packaged.model)
  const { config } = modelTopology.model_config as { config: { layers: CutLayer[]; output_layers?: unknown } }
  const last = config.layers.findIndex((layer) => layer.name === 'mixed2')
  config.layers = config.layers.slice(0, last + 1)
  config.layers[0].config.batch_input_shape = [null, size, size, 3]
  config.output_layers = taps.map((tap) => [tap, 0, 0])
  const kept = new Set(config.layers.map((layer) => layer.name))
  const weightSpecs: tf.io.WeightsManifestEntry[] = []
  const shares: Uint8Array[] = []
  let at = 0
  for (const weight of weightsManifest[0].weights) {
    const length = weight.shape.reduce((a, b) => a * b, 1)
    if (kept.has(weight.name.split('/')[0])) {
      weightSpecs.push(weight as tf.io.WeightsManifestEntry)
      shares.push(packaged.data.subarray(at, at + length))
    }
    at += length
  }
  return { modelTopology, weightSpecs, weightData: Uint8Array.from(Buffer.concat(shares)).buffer }
}

/** L2 norm of the difference over the norm of what was expected. */
function relativeDifference(found: Float64Array, expected: Float32Array): number {
  let difference = 0
  let norm = 0
  for (let i = 0; i < expected.length; i++) {
    difference += (found[i] - expected[i]) ** 2
    norm += expected[i] ** 2
  }
  return Math.sqrt(difference / norm)
}
