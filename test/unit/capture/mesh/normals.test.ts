import { expect, it } from 'vitest'
import { vertexNormals } from '../../../../client/capture/mesh/normals.ts'

const root = Math.SQRT1_2

it('a flat triangle has one normal, towards whoever sees it counter-clockwise', () => {
  const positions = [0, 0, 0, 2, 0, 0, 0, 3, 0]
  expect([...vertexNormals(positions, [0, 1, 2])]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1])
  expect([...vertexNormals(positions, [0, 2, 1])].map(Math.abs)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1])
  expect(vertexNormals(positions, [0, 2, 1])[2]).toBe(-1)
})

it('at a fold the larger triangle counts more', () => {
  // In the plane z = 0 and, from the same edge on the y axis, upright in x = 0.
  const fold = (height: number) => {
    const positions = [0, 0, 0, 0, 1, 0, -1, 0, 0, 0, 0, height]
    return [...vertexNormals(positions, [0, 1, 2, 0, 1, 3]).subarray(0, 3)]
  }
  const [even, steep] = [fold(1), fold(3)]
  expect(even).toEqual([root, 0, root].map((value) => expect.closeTo(value, 6)))
  expect(steep[0] / steep[2]).toBeCloseTo(3, 5)
})

it('a vertex of no triangle, or of none with an area, looks ahead', () => {
  const positions = [0, 0, 0, 1, 1, 1, 2, 2, 2, 5, 5, 5]
  expect([...vertexNormals(positions, [0, 1, 2])]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
})
