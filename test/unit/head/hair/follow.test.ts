import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { bindHair, distanceBefore, type HairBinding } from '../../../../client/head/hair/binding.ts'
import { followHead, pushOut } from '../../../../client/head/hair/follow.ts'
import { type HeadPoints, headPoints } from '../../../../client/head/hair/head-points.ts'
import type { HeadModel } from '../../../../client/head/head-model.ts'
import { headShape } from '../../../../client/head/shape.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { hood } from '../hood.ts'

let canonical: CanonicalFace
let model: HeadModel
let mean: HeadPoints
let style: { positions: Float32Array }
let binding: HairBinding

/** Hair before each point of the head, at 0.1, 0.5 and 3 cm in turn. */
const heights = [0.1, 0.5, 3]
const heightOf = (v: number) => heights[v % heights.length]
/** Those before the hood's straight sides: between nose and cheeks, one point's outside is another's inside. */
const onSides = (positions: Float32Array) => positions.subarray(3 * 468)

beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
  model = hood(canonical)
  mean = headPoints(model, model, canonical)
  const positions = mean.positions.map((value, i) => value + heightOf(Math.floor(i / 3)) * mean.normals[i])
  style = { positions }
  binding = bindHair(style, mean)
})

function headOf(landmarks: ArrayLike<number>): HeadPoints {
  const positions = headShape(model, faceMesh(landmarks, canonical), canonical)
  return headPoints({ landmarks: Float32Array.from(landmarks), positions }, model, canonical)
}

const follow = (person: HeadPoints) => followHead(style, binding, mean, person, canonical)

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)
}

describe('followHead', () => {
  test('hair stays as it is on the head it was made for', () => {
    expect(greatestDifference(follow(mean), style.positions)).toBeLessThan(1e-4)
  })

  test('hair goes where the head goes', () => {
    // Turned by a quarter about the vertical, 1.2 times as large, moved.
    const moved = (points: ArrayLike<number>) =>
      Float32Array.from(points, (_, i) => {
        const [x, y, z] = [0, 1, 2].map((c) => points[i - (i % 3) + c])
        return [1.2 * z + 3, 1.2 * y - 1, -1.2 * x + 2][i % 3]
      })
    const followed = follow(headOf(moved(canonical.pos)))
    expect(greatestDifference(onSides(followed), onSides(moved(style.positions)))).toBeLessThan(1e-3)
    expect(greatestDifference(followed, moved(style.positions))).toBeLessThan(0.1)
  })

  test('hair beside a longer chin comes down with it, that of the forehead does not move', () => {
    const [chin, forehead] = [152, 10]
    const [cx, cy] = canonical.pos.subarray(3 * chin)
    const longer = Float32Array.from(canonical.pos, (value, i) => {
      const [x, y] = [canonical.pos[i - (i % 3)], canonical.pos[i - (i % 3) + 1]]
      return i % 3 === 1 ? value - 1.5 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 8) : value
    })
    const followed = follow(headOf(longer))
    const drop = (v: number) => style.positions[3 * v + 1] - followed[3 * v + 1]
    expect(drop(chin)).toBeGreaterThan(0.8)
    expect(drop(chin)).toBeLessThan(1.6)
    expect(Math.abs(drop(forehead))).toBeLessThan(0.05)
  })
})

test('what got into the head comes out to where it was, but to no more than 0.5 cm', () => {
  const inside = style.positions.map(
    (value, i) => value - (heightOf(Math.floor(i / 3)) + 0.3) * mean.normals[i],
  )
  pushOut(inside, binding, mean)
  // On the straight sides, the nearest point is the one that the hair was put before.
  for (let v = 468; v < heights.length * 100 + 468; v++) {
    const out = distanceBefore(inside.subarray(3 * v, 3 * v + 3), mean, v)
    expect(out).toBeCloseTo(heightOf(v) === 0.1 ? 0.1 : 0.5, 1)
  }
})

test('what is outside stays, and so does what no point is near', () => {
  const outside = style.positions.map((value, i) => value + 0.5 * mean.normals[i])
  const before = outside.slice()
  pushOut(outside, binding, mean)
  expect(onSides(outside)).toEqual(onSides(before))

  const away = style.positions.map((value, i) => value + (i % 3 === 2 ? 100 : 0))
  const there = away.slice()
  pushOut(away, binding, mean)
  expect(away).toEqual(there)
})
