import type { ModelStore } from '../../client/runtime/models.ts'
import { writeSafetensors } from '../../models/safetensors.ts'
import { randomArray } from './random.ts'

const convolutions = [2, 2, 3, 3, 3]

/** A store with one backbone: VGG16's layout at a few channels, random weights. Small enough for software GPUs. */
export function tinyBackboneStore(id = 'vgg16', widths = [4, 4, 6, 6, 8]): ModelStore {
  const tensors = new Map<string, { dtype: 'F32'; shape: number[]; data: Float32Array }>()
  let input = 3
  convolutions.forEach((count, block) => {
    for (let i = 1; i <= count; i++) {
      const output = widths[block]
      const spread = Math.sqrt(6 / (input * 9))
      const name = `conv${block + 1}_${i}`
      tensors.set(`${name}.weight`, {
        dtype: 'F32',
        shape: [output, input, 3, 3],
        data: randomArray(output * input * 9, block * 10 + i, -spread, spread),
      })
      tensors.set(`${name}.bias`, {
        dtype: 'F32',
        shape: [output],
        data: randomArray(output, 100 + block * 10 + i, -0.1, 0.1),
      })
      input = output
    }
  })
  const file = writeSafetensors(tensors, {})
  const model = {
    id,
    version: '1',
    purpose: 'backbone' as const,
    licence: 'none',
    source: 'random',
    files: [],
  }
  return {
    manifest: async () => ({ models: [model] }),
    load: async () => new Map([[`${id}.safetensors`, file]]),
  }
}
