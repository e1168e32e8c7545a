import { describe, expect, it } from 'vitest'
import { toOnnx } from '../../../client/graph/onnx.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { cases, problemOf } from '../../conformance/cases.ts'
import { assertAllOnGpu } from '../../support/all-on-gpu.ts'

/** The model with one op type written over by another of the same length. */
function replaceOp(model: Uint8Array, from: string, to: string): Uint8Array {
  const text = Array.from(model, (byte) => String.fromCharCode(byte)).join('')
  return Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0))
}

describe('nodes on the GPU', () => {
  it.each([
    ['Sign', replaceOp(toOnnx({ y: g.sqrt(g.relu(input('x', [4]))) }).bytes, 'Relu', 'Sign')],
    ['Det', replaceOp(toOnnx({ y: g.abs(input('x', [1, 2, 2])) }).bytes, 'Abs', 'Det')],
  ])('notices %s, which runs on the CPU', async (op, model) => {
    await expect(assertAllOnGpu(model)).rejects.toThrow(`On the CPU under WebGPU: ${op}.`)
  })

  it('passes on an error that has another cause', async () => {
    await expect(assertAllOnGpu(Uint8Array.of(1, 2, 3))).rejects.toThrow('protobuf')
  })

  it.each(cases)('$name, with its gradient', async (one) => {
    await assertAllOnGpu(toOnnx(problemOf(one).outputs).bytes)
  })
})
