import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Backbone, loadBackbone, vgg16Backbone } from '../../../client/refine/backbone.ts'
import { adam, sgd } from '../../../client/refine/optimizer.ts'
import { renderMap } from '../../../client/refine/renderer.ts'
import { type Preset, presets } from '../../../client/refine/schedule.ts'
import { stepGraph } from '../../../client/refine/step.ts'
import { presetSizes } from '../../../client/run/choices.ts'
import { diskStore } from '../../../client/runtime/disk.ts'

/** VGG16 at its real widths. Counting needs shapes only. */
function vgg16(): Backbone {
  const tensors = new Map<string, { shape: number[]; data: Float32Array }>()
  const blocks = [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ]
  let input = 3
  for (const [block, widths] of blocks.entries()) {
    for (const [i, output] of widths.entries()) {
      const name = `conv${block + 1}_${i + 1}`
      tensors.set(`${name}.weight`, { shape: [output, input, 3, 3], data: new Float32Array() })
      tensors.set(`${name}.bias`, { shape: [output], data: new Float32Array() })
      input = output
    }
  }
  return vgg16Backbone('vgg16', { tensors, metadata: {} })
}

/** Counted floating-point operations of all steps of a run at a size. */
function workOf(preset: Preset, backbone: Backbone, size: number): number {
  const levels = [0, 1, 2, 3, 4, 5].map((k) => ({ height: size >> k, width: size >> k }))
  const scales = preset.scales.map(({ divisor, steps }) => {
    const side = size / divisor
    const pixels = side * side
    const everywhere = new Float32Array(2 * pixels).map((_, k) =>
      k % 2 ? (Math.floor(k / 2 / side) + 0.5) / side : ((k >> 1) % side) / side,
    )
    const view = () => [renderMap(everywhere, new Float32Array(pixels).fill(1), side)]
    const { flop } = stepGraph({
      ...{ backbone, size: side, levels, samples: preset.samples, weights: preset.weights },
      chroma: preset.chroma,
      twoSidedRemd: preset.remd === 'two-sided',
      optimizer: preset.optimizer.kind === 'adam' ? adam(1) : sgd(1, 0.9),
      composite: preset.composite,
      renderer: preset.weights.photometric > 0 ? view() : null,
    })
    return steps * flop
  })
  return preset.rounds * scales.reduce((sum, flop) => sum + flop, 0)
}

describe.skipIf(!existsSync('models/dist/inception-v3'))('presets (skipped before npm run models)', () => {
  it('standard counts at most a hundredth of the work of paper; draft and standard at most what they were chosen for', async () => {
    const inception = await loadBackbone('inception-v3', diskStore())
    const paper = workOf(presets.paper, vgg16(), presetSizes.paper)
    const standard = workOf(presets.standard, inception, presetSizes.standard)
    const draft = workOf(presets.draft, inception, presetSizes.draft)
    expect(standard).toBeLessThan(paper / 100)
    expect(standard).toBeLessThan(400e9)
    expect(draft).toBeLessThan(115e9)
  })
})
