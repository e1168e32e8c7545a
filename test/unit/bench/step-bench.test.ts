import { expect, it } from 'vitest'
import { presets } from '../../../client/refine/schedule.ts'
import { nodePlace } from '../../bench/node-place.ts'
import { stepOptions } from '../../bench/options.ts'
import { phases, stepBench } from '../../bench/step-bench.ts'

it('the defaults are those of the preset that goes with the backbone', () => {
  const { preset, samples, style, size } = stepOptions({ backbone: 'vgg16' })
  expect({ preset, samples, style, size }).toEqual({ preset: 'paper', samples: 2048, style: 5000, size: 256 })
  expect(stepOptions({})).toMatchObject({
    provider: 'node',
    backbone: 'inception-v3',
    samples: presets.standard.samples.content,
    style: presets.standard.samples.style,
  })
})

it.each([
  [{ provider: 'gpu' }, /^--provider is "gpu"; choose node, wasm, webgpu\.$/],
  [{ steps: '0' }, /^--steps is "0"; give a whole number of at least 1\.$/],
  [{ size: 'large' }, /^--size is "large"/],
])('what cannot be measured is refused by name: %o', (typed, sentence) => {
  expect(() => stepOptions(typed)).toThrow(sentence)
})

it('a step is measured: its phases are there, its work is counted, nothing is left on the device', async () => {
  const place = await nodePlace(1)
  const given = new Set<object>()
  const { upload } = place.runtime
  place.runtime.upload = async (tensor) => {
    const value = await upload.call(place.runtime, tensor)
    given.add(value)
    const { dispose } = value
    value.dispose = () => {
      given.delete(value)
      dispose.call(value)
    }
    return value
  }
  const options = stepOptions({ size: '32', samples: '8', style: '8', steps: '2' })
  const figures = await stepBench(place, options)
  await place.runtime.dispose()
  expect(Object.keys(figures.phasesMs)).toEqual([...phases])
  const { minMs, medianMs, firstMs, setupMs, gflop, gflops, nodes, movedMb, peakMb } = figures
  for (const figure of [minMs, medianMs, firstMs, setupMs, gflop, gflops, nodes, movedMb, peakMb])
    expect(figure).toBeGreaterThan(0)
  expect(minMs).toBeLessThanOrEqual(medianMs)
  expect(given.size).toBe(0)
})
