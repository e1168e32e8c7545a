import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import {
  type BoundBust,
  bustEnding,
  bustPoints,
  overCloth,
  readBust,
  rowTriangles,
} from '../../../client/head/bust.ts'
import { bindHair } from '../../../client/head/hair/binding.ts'
import { type HeadPoints, headPoints } from '../../../client/head/hair/head-points.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { packBust } from '../../../models/head/bust.ts'
import { hood } from './hood.ts'

const columns = 8
let canonical: CanonicalFace
let mean: HeadPoints
let bound: BoundBust

/** Three rings below the head, each wider than the one before, and a point beneath. */
const positions = Float32Array.from([
  ...[9, 12, 15].flatMap((radius, row) =>
    Array.from({ length: columns }, (_, i) => {
      const angle = (2 * Math.PI * i) / columns
      return [radius * Math.sin(angle), -14 - 4 * row, -8 + radius * Math.cos(angle)]
    }).flat(),
  ),
  ...[0, -24, -8],
])
const openness = Float32Array.from({ length: 3 * columns + 1 }, (_, i) => (i < columns ? 0.2 : 0.8))
const bust = { columns, positions, openness }

beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
  const model = hood(canonical)
  mean = headPoints(model, model, canonical)
  bound = { bust, binding: bindHair(bust, mean) }
})

describe('readBust', () => {
  test('reads what was packed', () => {
    const read = readBust(packBust(bust))
    expect(read.columns).toBe(columns)
    for (const [i, value] of positions.entries()) expect(read.positions[i]).toBeCloseTo(value, 2)
    for (const [i, value] of openness.entries()) expect(read.openness[i]).toBeCloseTo(value, 2)
  })

  test('refuses anything else', () => {
    expect(() => readBust(packBust(bust).subarray(1))).toThrow('load it again')
    expect(() => readBust(new Uint8Array(2))).toThrow('load it again')
  })
})

describe('bustEnding', () => {
  const ending = (person = mean) => bustEnding(bound, mean, person, canonical, [0.8, 0.4, 0.2])

  test('stays under the mean head as it is, and goes with the head of a person', () => {
    for (const [i, value] of ending().positions.entries()) expect(value).toBeCloseTo(positions[i], 3)
    const larger = { ...mean, positions: mean.positions.map((value, i) => 1.2 * value + (i % 3)) }
    for (const [i, value] of ending(larger).positions.entries())
      expect(value).toBeCloseTo(1.2 * positions[i] + (i % 3), 3)
  })

  test('keeps the hue of the cloth, darker where it is less open or looks down', () => {
    const { colours } = ending()
    const red = (point: number) => colours[3 * point]
    for (let point = 0; point <= 3 * columns; point++) {
      expect(red(point)).toBeCloseTo(2 * colours[3 * point + 1], 5)
      expect(red(point)).toBeLessThanOrEqual(0.8 + 1e-6)
    }
    expect(red(columns)).toBeGreaterThan(1.2 * red(0))
    expect(red(columns)).toBeGreaterThan(1.2 * red(3 * columns))
  })
})

describe('bustPoints', () => {
  test("come after the head's, and look outwards", () => {
    const both = bustPoints(mean, bust, positions)
    expect(both.positions.subarray(0, mean.positions.length)).toEqual(mean.positions)
    const added = both.positions.subarray(mean.positions.length)
    const normals = both.normals.subarray(mean.positions.length)
    expect(added.length).toBeGreaterThan(0)
    for (let i = 0; i < added.length; i += 3)
      expect(added[i] * normals[i] + (added[i + 2] + 8) * normals[i + 2]).toBeGreaterThan(0)
  })
})

test('overCloth: hair within the cloth comes to lie on it, layer upon layer; hair at the head does not move', () => {
  const head = mean.positions.length / 3
  const dressed = bustPoints(mean, bust, positions)
  // Under the first bust's point that is among the points, as deep as it goes, and within the face.
  const first = 3 * head
  const under = (depth: number) =>
    [0, 1, 2].map((c) => dressed.positions[first + c] - depth * dressed.normals[first + c])
  const inFace = [0, 1, 2].map((c) => mean.positions[c] - 0.4 * mean.normals[c])
  const hair = { positions: Float32Array.from([...under(0.3), ...under(0.1), ...under(-2), ...inFace]) }
  const bound = bindHair(hair, dressed)
  const [deep, shallow, above, face] = overCloth(bound, head).clearance
  expect(deep).toBeGreaterThan(0.1)
  expect(shallow).toBeGreaterThan(deep)
  expect(shallow).toBeLessThan(0.25)
  expect(above).toBeCloseTo(2, 1)
  expect(face).toBe(bound.clearance[3])
})

test('rowTriangles leave only the first row open', () => {
  const triangles = rowTriangles(columns, 3 * columns + 1)
  const edges = new Set<string>()
  for (let t = 0; t < triangles.length; t += 3)
    for (let k = 0; k < 3; k++) edges.add(`${triangles[t + k]} ${triangles[t + ((k + 1) % 3)]}`)
  expect(edges.size).toBe(triangles.length)
  const open = [...edges].filter((edge) => !edges.has(edge.split(' ').reverse().join(' ')))
  expect(open).toHaveLength(columns)
  expect(open.flatMap((edge) => edge.split(' ')).every((v) => Number(v) < columns)).toBe(true)
})
