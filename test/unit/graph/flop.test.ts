import { expect, test } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import { toOnnx } from '../../../client/graph/onnx.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'

test('a product of matrices counts its multiplications and additions', () => {
  const y = g.matmul(input('a', [3, 5]), input('b', [5, 7]))
  expect(toOnnx({ y }).flop).toBe(2 * 3 * 5 * 7)
})

test('a convolution and its gradient cost the same', () => {
  const x = input('x', [1, 4, 8, 8])
  const convolved = g.conv(x, input('w', [6, 4, 3, 3]), undefined, { pads: [1, 1, 1, 1] })
  const forward = 2 * 6 * 64 * 4 * 9
  expect(toOnnx({ convolved }).flop).toBe(forward)
  const [dx] = gradient(g.sum(g.mul(convolved, input('dy', [1, 6, 8, 8]))), [x])
  expect(toOnnx({ dx }).flop).toBeGreaterThanOrEqual(forward)
  expect(toOnnx({ dx }).flop).toBeLessThan(1.1 * forward)
})

test('what only moves values counts nothing', () => {
  expect(toOnnx({ y: g.transpose(input('a', [3, 5]), [1, 0]) }).flop).toBe(0)
})
