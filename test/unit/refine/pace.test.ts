import { afterAll, beforeAll, expect, it } from 'vitest'
import { estimateSeconds, measureSpeed } from '../../../client/refine/pace.ts'
import { type Preset, presets } from '../../../client/refine/schedule.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import type { Runtime } from '../../../client/runtime/runtime.ts'

let runtime: Runtime
beforeAll(async () => {
  runtime = await nodeRuntime()
})
afterAll(() => runtime.dispose())

it('measures a speed that a processor can have', async () => {
  const speed = await measureSpeed(runtime)
  expect(speed).toBeGreaterThan(0.5)
  expect(speed).toBeLessThan(100_000)
})

it('estimates longer for larger textures, finer presets and slower devices', () => {
  const base = estimateSeconds(presets.draft, 256, 50)
  expect(estimateSeconds(presets.draft, 512, 50)).toBeGreaterThan(base)
  expect(estimateSeconds(presets.standard, 512, 50)).toBeGreaterThan(base)
  expect(estimateSeconds(presets.draft, 256, 25)).toBeCloseTo(2 * base)
})

it('says what was measured: 14 s and 48 s in WebAssembly with 2 threads', () => {
  // Of the steps and samples that the presets had then.
  const then = (preset: Preset, steps: number[], content: number, style: number): Preset => ({
    ...preset,
    scales: preset.scales.map((scale, i) => ({ ...scale, steps: steps[i] })),
    samples: { content, style },
  })
  expect(estimateSeconds(then(presets.draft, [10, 20], 512, 1000), 256, 64)).toBeCloseTo(14, -1)
  expect(estimateSeconds(then(presets.standard, [10, 20, 15], 1024, 2000), 512, 64)).toBeCloseTo(48, -1)
})
