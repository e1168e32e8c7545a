import { toOnnx } from '../graph/onnx.ts'
import { conv, mean, relu } from '../graph/ops.ts'
import { input } from '../graph/tensor.ts'
import type { HostTensor, Runtime } from '../runtime/runtime.ts'
import type { Preset } from './schedule.ts'

/** The probe: a few convolutions as a backbone has them. */
const side = 96
const channels = 48
const layers = 3
const gflop = (layers * 2 * 9 * channels ** 2 * side ** 2) / 1e9
/** Seconds that the probe may take, its warm-up aside. */
const budget = 0.25

/**
 * Measures how fast a runtime computes convolutions, in about a quarter of a second.
 *
 * @returns GFLOP a second: the best of the probe's runs, which other programs disturb least
 */
export async function measureSpeed(runtime: Runtime): Promise<number> {
  let x = input('x', [1, channels, side, side])
  const w = input('w', [channels, channels, 3, 3])
  for (let layer = 0; layer < layers; layer++) x = relu(conv(x, w, undefined, { pads: [1, 1, 1, 1] }))
  const session = await runtime.session(toOnnx({ y: mean(x) }).bytes, { onHost: ['y'] })
  const filled = (dims: number[], value: number): HostTensor => ({
    type: 'float32',
    dims,
    data: new Float32Array(dims.reduce((a, b) => a * b)).fill(value),
  })
  const feeds = {
    x: await runtime.upload(filled([1, channels, side, side], 1)),
    w: await runtime.upload(filled([channels, channels, 3, 3], 1e-3)),
  }
  const run = async () => {
    const start = performance.now()
    const { y } = await session.run(feeds)
    await y.read()
    y.dispose()
    return (performance.now() - start) / 1000
  }
  try {
    await run() // Compiles shaders, starts threads.
    let best = Number.POSITIVE_INFINITY
    for (let spent = 0; spent < budget; ) {
      const seconds = await run()
      spent += seconds
      best = Math.min(best, seconds)
    }
    return gflop / best
  } finally {
    for (const value of Object.values(feeds)) value.dispose()
    await session.release()
  }
}

/**
 * Texels that cost as much as the losses do for each sample: for comparing texture and style (of the geometric mean of
 * their samples), and the texture with itself (self-similarity). Losses do not grow with the image.
 */
const texelsPerSample = { style: 100, content: 55 }
/** A scale's preparation costs as much as this many of its steps. */
const preparation = 3
/**
 * GFLOP of a step for each texel, as if all of its cost were the probe's convolutions. Measured with both presets on 2 CPU
 * cores: right for Chromium's WebAssembly with 2 threads, in Node (five times as fast) a third too little.
 */
const gflopPerTexel = 1.75e-4

/**
 * Seconds that a run takes on a device of that speed: an estimate, which says whether to wait or to come back.
 *
 * @param size N of the texture
 * @param speed GFLOP a second, of {@link measureSpeed}
 */
export function estimateSeconds(preset: Preset, size: number, speed: number): number {
  const { scales, rounds, samples, weights } = preset
  const { style, content } = texelsPerSample
  const fixed =
    style * Math.sqrt(samples.content * samples.style) + (weights.content > 0 ? content * samples.content : 0)
  const texels = scales.reduce((sum, { divisor, steps }) => {
    return sum + (steps + preparation) * (fixed + (size / divisor) ** 2)
  }, 0)
  return (rounds * texels * gflopPerTexel) / speed
}
