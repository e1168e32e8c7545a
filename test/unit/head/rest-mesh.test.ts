import { expect, test } from 'vitest'
import { rimVertices } from '../../../client/head/face-rim.ts'
import { restMesh } from '../../../client/head/rest-mesh.ts'
import { cup } from './cup.ts'

const model = cup()
const mesh = restMesh(model)
const at = (v: number) => [...mesh.positions.subarray(3 * v, 3 * v + 3)]

test('splits all triangles, those at the rim in three', () => {
  const triangles = model.triangles.length / 3
  expect(mesh.triangles).toHaveLength(3 * (4 * triangles - rimVertices))
})

test('leaves rim and bottom where they are, and smooths between', () => {
  const ring = 3 * rimVertices
  const { positions } = model
  expect(mesh.positions.subarray(0, ring)).toEqual(positions.subarray(0, ring))
  expect(mesh.positions.subarray(2 * ring, 3 * ring)).toEqual(positions.subarray(2 * ring, 3 * ring))
  // The bulge's control polygon lies outside of the smooth surface.
  for (let v = rimVertices; v < 2 * rimVertices; v++) {
    expect(Math.hypot(...at(v).slice(0, 2))).toBeLessThan(7.9)
    expect(Math.hypot(...at(v).slice(0, 2))).toBeGreaterThan(7)
  }
})

test('has both sides of a cut at one place, with one normal', () => {
  for (const [copy, original] of [
    [3 * rimVertices, rimVertices],
    [3 * rimVertices + 1, 2 * rimVertices],
  ]) {
    expect(at(copy)).toEqual(at(original))
    expect(mesh.normals.subarray(3 * copy, 3 * copy + 3)).toEqual(
      mesh.normals.subarray(3 * original, 3 * original + 3),
    )
  }
})

test("follows a person's head", () => {
  const moved = restMesh(
    model,
    model.positions.map((value, i) => value + (i % 3 === 1 ? 2 : 0)),
  )
  moved.positions.forEach((value, i) => {
    expect(value).toBeCloseTo(mesh.positions[i] + (i % 3 === 1 ? 2 : 0), 4)
  })
  expect(moved.uv).toEqual(mesh.uv)
})

test('has the openness of its vertices, and halfway between them their mean', () => {
  const ringOf = (v: number) => Math.floor((v % (3 * rimVertices)) / rimVertices)
  const { openness, triangles } = restMesh({
    ...model,
    openness: model.openness.map((_, v) => [1, 0.5, 0][ringOf(v)]),
  })
  expect(openness).toHaveLength(mesh.positions.length / 3)
  for (let v = 0; v < 3 * rimVertices; v++) expect(openness[v]).toBe([1, 0.5, 0][ringOf(v)])
  // The copies along the cut.
  expect([...openness.subarray(3 * rimVertices, 3 * rimVertices + 2)]).toEqual([0.5, 0])
  expect(new Set(triangles.map((v) => 100 * openness[v]))).toEqual(new Set([100, 75, 50, 25, 0]))
})
