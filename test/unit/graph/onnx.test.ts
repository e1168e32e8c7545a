import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import { toOnnx } from '../../../client/graph/onnx.ts'
import * as g from '../../../client/graph/ops.ts'
import { constant, input } from '../../../client/graph/tensor.ts'
import { evaluate } from '../../support/evaluate.ts'
import { randomArray } from '../../support/random.ts'

describe('toOnnx', () => {
  it('writes a model that onnxruntime loads and that gives the reference values', async () => {
    const x = input('x', [1, 3, 6, 6])
    const w = input('w', [4, 3, 3, 3])
    const features = g.relu(g.conv(x, w, undefined, { strides: [2, 2], pads: [0, 0, 1, 1] }))
    const samples = g.gather(g.reshape(features, [4, 9]), input('index', [5], 'int32'))
    const loss = g.mean(g.square(samples))
    const outputs = { loss, dx: gradient(loss, [x])[0] }

    const model = toOnnx(outputs)
    const feeds = {
      x: randomArray(108, 1),
      w: randomArray(108, 2),
      index: Int32Array.of(0, 3, 3, 8, 1),
    }
    const session = await InferenceSession.create(model.bytes)
    const result = await session.run({
      x: new OrtTensor(feeds.x, [1, 3, 6, 6]),
      w: new OrtTensor(feeds.w, [4, 3, 3, 3]),
      index: new OrtTensor('int32', feeds.index, [5]),
    })
    const expected = evaluate([outputs.loss, outputs.dx], feeds)
    expect(result.loss.data[0]).toBeCloseTo(expected[0][0], 6)
    expect(result.dx.dims).toEqual([1, 3, 6, 6])
    Array.from(result.dx.data as Float32Array).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[1][i], 6)
    })
    expect(model.inputs.map((i) => i.name).sort()).toEqual(['index', 'w', 'x'])
  })

  it('shares equal subexpressions and folds numbers', () => {
    const x = input('x', [4])
    const once = toOnnx({ y: g.mul(g.add(x, 1), g.add(x, 1)) })
    expect(once.nodes).toBe(2) // Add, Mul
    const scaled = toOnnx({ y: g.mul(g.mul(g.mul(x, 2), 1), 3) })
    expect(scaled.nodes).toBe(1) // Mul by 6
  })

  it('copies a leaf or a value that has two output names', async () => {
    const x = input('x', [2])
    const y = g.relu(x)
    const model = toOnnx({ same: x, first: y, second: y })
    const session = await InferenceSession.create(model.bytes)
    const result = await session.run({ x: new OrtTensor(Float32Array.of(-1, 2), [2]) })
    expect([...(result.same.data as Float32Array)]).toEqual([-1, 2])
    expect([...(result.first.data as Float32Array)]).toEqual([0, 2])
    expect([...(result.second.data as Float32Array)]).toEqual([0, 2])
  })

  it('leaves an expansion to the operation that broadcasts anyway', () => {
    const x = input('x', [3, 1])
    expect(toOnnx({ y: g.mul(g.expand(x, [3, 4]), input('w', [3, 4])) }).nodes).toBe(1)
  })

  it('does not drop a neutral operand that broadcasts', () => {
    const x = input('x', [1])
    const y = g.add(x, constant(new Float32Array(3), [3]))
    expect(toOnnx({ y }).nodes).toBe(1)
  })

  it('leaves out what no output needs', () => {
    const x = input('x', [4])
    g.sqrt(x)
    const unused = input('unused', [2])
    g.add(unused, 1)
    const model = toOnnx({ y: g.relu(x) })
    expect(model.nodes).toBe(1)
    expect(model.inputs).toEqual([{ name: 'x', shape: [4], dtype: 'float32' }])
  })
})
