import { expect, test } from 'vitest'
import { edgeMiddles } from '../../../../client/head/hair/edge-middles.ts'

const hair = {
  positions: Float32Array.of(0, 0, 0, 2, 0, 0, 0, 4, 0),
  uv: Float32Array.of(0, 0, 1, 0, 0, 1),
  openness: Float32Array.of(0, 1, 0.5),
  triangles: Uint32Array.of(0, 1, 2),
}

test('an edge has one middle, whichever way it is asked for, between all that its ends have', () => {
  const { between, hairOf } = edgeMiddles(hair)
  expect([between(0, 1), between(1, 0), between(1, 2)]).toEqual([3, 3, 4])
  const { positions, uv, openness, triangles } = hairOf([0, 3, 2])
  expect([...positions.subarray(9)]).toEqual([1, 0, 0, 1, 2, 0])
  expect([...uv.subarray(6)]).toEqual([0.5, 0, 0.5, 0.5])
  expect([...openness.subarray(3)]).toEqual([0.5, 0.75])
  expect([...triangles]).toEqual([0, 3, 2])
})

test('middles lie as far off as they are told', () => {
  const { between, hairOf } = edgeMiddles(hair, (a, b) => [0, 0, a + b])
  between(1, 2)
  expect([...hairOf([]).positions.subarray(9)]).toEqual([1, 2, 3])
})
