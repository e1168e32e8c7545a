import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { toOnnx } from '../../../../client/graph/onnx.ts'
import { div, reduceSum, sqrt, square } from '../../../../client/graph/ops.ts'
import { input } from '../../../../client/graph/tensor.ts'
import { ProtobufError } from '../../../../models/protobuf.ts'
import { withEpsilon } from '../../../evaluation/metrics/epsilon.ts'

/** Rows of two, divided by their length. */
function unitRows() {
  const x = input('x', [3, 2])
  return toOnnx({ unit: div(x, sqrt(reduceSum(square(x), [1]))) }).bytes
}

async function run(model: Uint8Array) {
  const session = await InferenceSession.create(model)
  const x = new Tensor('float32', Float32Array.of(3, 4, 0, 0, 0, -2), [3, 2])
  return [...((await session.run({ x })).unit.data as Float32Array)]
}

it('makes an all-zero vector 0 instead of NaN and leaves the others alone', async () => {
  const raw = await run(unitRows())
  expect(raw.slice(2, 4)).toEqual([Number.NaN, Number.NaN])
  const guarded = await run(withEpsilon(unitRows()))
  expect(guarded.slice(2, 4)).toEqual([0, 0])
  expect(guarded.filter((_, i) => i < 2 || i > 3)).toEqual(raw.filter((_, i) => i < 2 || i > 3))
})

it('refuses what is no model', () => {
  expect(() => withEpsilon(Uint8Array.of(255, 255, 255, 7))).toThrow(ProtobufError)
})
