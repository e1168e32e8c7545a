import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadBackbone } from '../../../client/refine/backbone.ts'
import { presets } from '../../../client/refine/schedule.ts'
import { lossWeights } from '../../../client/refine/step.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { stepProblem } from '../../support/step-problem.ts'

describe.skipIf(!existsSync('models/dist/inception-v3'))('step graph (skipped before npm run models)', () => {
  it.each([
    ['draft', 256],
    ['standard', 512],
  ] as const)('%s at %i px stays under 700 nodes and 2 MB', async (name, size) => {
    const backbone = await loadBackbone('inception-v3', diskStore())
    const { model } = stepProblem(backbone, presets[name], size)
    expect(model.nodes).toBeLessThan(700)
    expect(model.bytes.length).toBeLessThan(2e6)
  })

  it('asks for nothing but what a step feeds', async () => {
    const backbone = await loadBackbone('inception-v3', diskStore())
    const { model } = stepProblem(backbone, presets.draft, 64, { content: 16, style: 16 })
    const names = model.inputs.map(({ name }) => name).filter((name) => !backbone.weights.has(name))
    const tables = ['x_index_0', 'x_matrix_1', 'x_matrix_2', 'x_matrix_3']
    const content = [0, 1, 2, 3].map((k) => `content_map_${k}`)
    const style = ['unit', 'mean', 'covariance', 'colour', 'tapScale']
    const state = ['levels', 'first_moment', 'second_moment', 'rate', 'freedom', 'locked']
    expect(names.sort()).toEqual([...tables, ...content, ...style, ...state].sort())
  })
})

describe('lossWeights', () => {
  it('follows the order of the graph and leaves out what weighs nothing', () => {
    expect(Object.keys(lossWeights(presets.paper))).toEqual([
      'content',
      'remd',
      'moments',
      'colour',
      'photometric',
    ])
    expect(Object.keys(lossWeights(presets.draft))).toEqual(['content', 'remd', 'moments', 'colour'])
  })
})
