import { expect, test } from 'vitest'
import { ExpressionFit } from '../../../../client/app/puppet/expression-fit.ts'
import { meshLandmarks } from '../../../../client/face/contours.ts'
import { randomArray } from '../../../support/random.ts'

const stride = 3 * meshLandmarks
const neutral = randomArray(stride, 1, -6, 6)
const shapes = randomArray(5 * stride, 2, -1, 1)
const free = Array.from({ length: 5 }, () => ({ ridge: 0.6, threshold: 0 }))
const fit = new ExpressionFit(neutral, shapes, new Float32Array(meshLandmarks).fill(1), free)
const viewer = [0, 0, 1]

const mixed = (weights: number[]) =>
  neutral.map((value, i) => weights.reduce((sum, w, k) => sum + w * shapes[k * stride + i], value))

test('finds what was mixed', () => {
  const { weights } = fit.solve(mixed([0.2, 0, 0.7, 1, 0.4]), viewer)
  for (const [k, weight] of [0.2, 0, 0.7, 1, 0.4].entries()) expect(weights[k]).toBeCloseTo(weight, 1)
})

test('what is stiff is no expression: a shift, a turn, another size', () => {
  const angle = 0.03
  const points = mixed([0.5, 0, 0, 0, 0])
  for (let i = 0; i < stride; i += 3) {
    const [x, y] = points.subarray(i, i + 2)
    // About z, then larger, then to the side.
    points[i] = 1.02 * (x - angle * y) + 0.3
    points[i + 1] = 1.02 * (y + angle * x)
    points[i + 2] *= 1.02
  }
  const { weights, turn } = fit.solve(points, viewer)
  expect(weights[0]).toBeCloseTo(0.5, 1)
  for (let k = 1; k < 5; k++) expect(weights[k]).toBeLessThan(0.05)
  expect(turn[2]).toBeCloseTo(angle, 2)
})

test('what lies in the line of sight counts less, wherever the viewer is', () => {
  for (const axis of [0, 2]) {
    const from = [0, 0, 0].map((_, c) => (c === axis ? 1 : 0))
    const points = neutral.map((value, i) => value + (i % 3 === axis ? 0.5 * shapes[i] : 0))
    const { weights } = fit.solve(points, from)
    expect(weights[0]).toBeLessThan(0.05)
    const seen = neutral.map((value, i) => value + (i % 3 === axis ? 0 : 0.5 * shapes[i]))
    expect(fit.solve(seen, from).weights[0]).toBeGreaterThan(0.4)
  }
})

test('what costs more than it explains is not believed', () => {
  const dear = free.map((cost, k) => (k === 0 ? { ridge: 0, threshold: 1000 } : cost))
  const careful = new ExpressionFit(neutral, shapes, new Float32Array(meshLandmarks).fill(1), dear)
  const { weights } = careful.solve(mixed([0.4, 0, 0.7, 0, 0]), viewer)
  expect(weights[0]).toBe(0)
  expect(weights[2]).toBeGreaterThan(0.5)
})
