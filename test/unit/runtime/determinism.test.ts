import { expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import { toOnnx } from '../../../client/graph/onnx.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import type { HostTensor, Runtime } from '../../../client/runtime/runtime.ts'
import { randomArray } from '../../support/random.ts'

// Large enough that every op is shared out among the threads, with repeated indices.
const x = input('x', [1, 32, 64, 64])
const w = input('w', [64, 32, 3, 3])
const features = g.relu(g.conv(x, w, undefined, { strides: [2, 2], pads: [1, 1, 1, 1] }))
const samples = g.gather(g.reshape(features, [64, 32 * 32]), input('index', [700], 'int32'))
const distances = g.matmul(g.swapLast(samples), samples)
const loss = g.add(g.mean(g.pick(distances, g.argMax(distances))), g.mean(g.averagePool3(x)))
const model = toOnnx({ loss, dx: gradient(loss, [x])[0] })

const floats = (dims: number[], seed: number): HostTensor => ({
  type: 'float32',
  dims,
  data: randomArray(
    dims.reduce((a, b) => a * b),
    seed,
  ),
})
const feeds = {
  x: floats([1, 32, 64, 64], 1),
  w: floats([64, 32, 3, 3], 2),
  index: { type: 'int32' as const, dims: [700], data: Int32Array.from(randomArray(700, 3, 0, 200)) },
}

async function results(runtime: Runtime, runs: number) {
  const session = await runtime.session(model.bytes)
  const all = []
  for (let k = 0; k < runs; k++) {
    const { loss, dx } = await session.run(feeds)
    all.push([await loss.read(), await dx.read()])
  }
  await runtime.dispose()
  return all
}

it.each([1, 2])(
  'a step gives the same bytes each time and in each session, with %i threads',
  async (threads) => {
    const [first, ...others] = [
      ...(await results(await nodeRuntime({ threads }), 4)),
      ...(await results(await nodeRuntime({ threads }), 2)),
    ]
    for (const other of others) expect(other).toEqual(first)
  },
)
