import { toOnnx } from '../../client/graph/onnx.ts'
import * as g from '../../client/graph/ops.ts'
import { input, sizeOf, type Tensor } from '../../client/graph/tensor.ts'
import type { Runtime } from '../../client/runtime/runtime.ts'
import { randomArray } from '../support/random.ts'

/** What a provider reaches on its own: the most of the products, and of the convolutions. */
export interface PeakFigures {
  matmulGflops: number
  convGflops: number
  each: { what: string; gflop: number; minMs: number; gflops: number }[]
}

/** Samples and channels of the hypercolumns of VGG16 and of Inception's trunk; and the distances to the style. */
const products: [rows: number, inner: number, columns: number][] = [
  [2048, 2179, 2048],
  [2048, 2179, 5000],
  [1024, 1235, 1024],
  [1024, 1235, 2000],
]

/** Of a 256 px image: channels in, channels out, side, kernel. */
const convolutions: [from: number, to: number, side: number, kernel: number][] = [
  [64, 64, 256, 3],
  [128, 128, 128, 3],
  [256, 256, 64, 3],
  [512, 512, 32, 3],
  [32, 64, 128, 3],
  [80, 192, 64, 3],
  [48, 64, 32, 5],
  [288, 64, 32, 1],
]

/**
 * Runs single operations of the sizes that a step has, `repeats` times each after the first.
 *
 * @param scale of their sides: less than one where a device would take minutes
 */
export async function peakBench(runtime: Runtime, { repeats = 5, scale = 1 } = {}): Promise<PeakFigures> {
  const scaled = (side: number) => Math.max(4, Math.round(side * scale))
  const matmuls = []
  for (const [m, k, n] of products) {
    const a = input('a', [scaled(m), k])
    const b = input('b', [k, scaled(n)])
    const what = `${a.shape.join(' x ')} x ${b.shape[1]}`
    matmuls.push({ what, ...(await fastest(runtime, g.matmul(a, b), [a, b], repeats)) })
  }
  const convs = []
  for (const [from, to, side, kernel] of convolutions) {
    const x = input('a', [1, from, scaled(side), scaled(side)])
    const weight = input('b', [to, from, kernel, kernel])
    const bias = input('c', [to])
    const pad = (kernel - 1) / 2
    const what = `${from} to ${to} channels, ${kernel} x ${kernel}, ${x.shape[2]} px`
    const made = g.conv(x, weight, bias, { pads: [pad, pad, pad, pad] })
    convs.push({ what, ...(await fastest(runtime, made, [x, weight, bias], repeats)) })
  }
  const most = (all: { gflops: number }[]) => Math.max(...all.map(({ gflops }) => gflops))
  return { matmulGflops: most(matmuls), convGflops: most(convs), each: [...matmuls, ...convs] }
}

async function fastest(runtime: Runtime, made: Tensor, inputs: readonly Tensor[], repeats: number) {
  // One number is read: what is timed is the operation, not its way to the host.
  const told = g.slice(g.reshape(made, [sizeOf(made.shape)]), 0, 0, 1)
  const model = toOnnx({ told })
  const session = await runtime.session(model.bytes, { onHost: ['told'] })
  const values = await Promise.all(
    inputs.map(async ({ name, shape }, i) => {
      const data = randomArray(sizeOf(shape), i + 1)
      return [name!, await runtime.upload({ type: 'float32', dims: shape, data })] as const
    }),
  )
  const feeds = Object.fromEntries(values)
  const times: number[] = []
  for (let run = 0; run <= repeats; run++) {
    const begun = performance.now()
    const { told } = await session.run(feeds)
    times.push(performance.now() - begun)
    told.dispose()
  }
  for (const [, value] of values) value.dispose()
  await session.release()
  const minMs = Math.min(...times.slice(1))
  const tenths = (value: number) => Math.round(10 * value) / 10
  return { gflop: tenths(model.flop / 1e9), minMs: tenths(minMs), gflops: tenths(model.flop / 1e6 / minMs) }
}
