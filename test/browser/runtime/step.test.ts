import { describe, expect, it } from 'vitest'
import { loadBackbone } from '../../../client/refine/backbone.ts'
import { presets } from '../../../client/refine/schedule.ts'
import type { HostTensor, Runtime } from '../../../client/runtime/runtime.ts'
import { browserStore } from '../../../client/runtime/store.ts'
import { wasmRuntime } from '../../../client/runtime/wasm.ts'
import { webgpuRuntime } from '../../../client/runtime/webgpu.ts'
import { assertAllOnGpu } from '../../support/all-on-gpu.ts'
import { stepProblem } from '../../support/step-problem.ts'
import { wasmFiles } from '../../support/wasm.ts'

const backbone = await loadBackbone('inception-v3', browserStore())
const size = 32
const samples = { content: 32, style: 48 }

/** The same step twice; all outputs as plain arrays. */
async function steps(runtime: Runtime, model: Uint8Array, feeds: Record<string, HostTensor>) {
  const session = await runtime.session(model, { onHost: ['losses'] })
  const results: Record<string, Float32Array>[] = []
  for (let i = 0; i < 2; i++) {
    const outputs = await session.run(feeds)
    const result: Record<string, Float32Array> = {}
    for (const [name, value] of Object.entries(outputs)) result[name] = (await value.read()) as Float32Array
    results.push(result)
  }
  await runtime.dispose()
  return results
}

const largest = (values: Float32Array) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)

describe('step graph', () => {
  it('runs on the GPU with every node', async () => {
    await assertAllOnGpu(stepProblem(backbone, presets.draft, size, samples).model.bytes)
  })

  it('with a photometric term runs on the GPU with every node', async () => {
    const preset = { ...presets.draft, weights: { ...presets.draft.weights, photometric: 20 } }
    await assertAllOnGpu(stepProblem(backbone, preset, size, samples).model.bytes)
  })

  it('gives the same bytes each time on WebGPU, and the same step as on the CPU', async () => {
    const { model, feeds } = stepProblem(backbone, presets.draft, size, samples)
    const [gpu, again] = await steps(await webgpuRuntime({ wasmFiles }), model.bytes, feeds)
    const [cpu] = await steps(await wasmRuntime({ wasmFiles }), model.bytes, feeds)
    expect(again).toEqual(gpu)
    expect(Object.keys(gpu).sort()).toEqual(Object.keys(cpu).sort())
    for (const [name, values] of Object.entries(cpu)) {
      // Adam divides the first gradient by its own size: where it is about zero, its sign may differ.
      if (name.startsWith('next_level')) continue
      const scale = largest(values)
      expect(scale, name).toBeGreaterThan(0)
      const error = largest(values.map((value, i) => value - gpu[name][i])) / scale
      expect(error, `${name}: largest difference over largest value`).toBeLessThan(1e-3)
    }
  }, 300_000)
})
