import { describe, expect, test } from 'vitest'
import { clipFromHead } from '../../../client/app/viewer/clip.ts'
import {
  approach,
  faceViews,
  front,
  headViews,
  isNear,
  limited,
  nearestTurn,
  slowTurn,
  viewAt,
} from '../../../client/app/viewer/orbit.ts'

/** Column-major matrix times [x, y, z, 1], divided by w. */
function project(m: number[], [x, y, z]: number[]) {
  const at = (row: number) => m[row] * x + m[4 + row] * y + m[8 + row] * z + m[12 + row]
  return [at(0) / at(3), at(1) / at(3), at(2) / at(3)]
}

describe('clipFromHead', () => {
  // 20 px a centimetre, head at (300, 200), y down, nearer is smaller; a little perspective in w.
  const matrix = Float64Array.of(20, 0, 0, 300, 0, -20, 0, 200, 0, 0, -20, 0, 0, 0, -0.001, 1)
  const crop = { left: 100, top: 50, size: 200, step: 2 }
  const points = [
    [0, 0, 0],
    [5, -3, 4],
    [-6, 7, -5],
  ]
  const clip = clipFromHead(matrix, crop, points.flat())

  test.each(points)('puts (%d, %d, %d) where the photo shows it', (x, y, z) => {
    const w = 1 - 0.001 * z
    const photo = [(20 * x + 300 * 1) / w, (-20 * y + 200) / w]
    const [ndcX, ndcY] = project(clip, [x, y, z])
    expect(((ndcX + 1) / 2) * 400 + 100).toBeCloseTo(photo[0], 4)
    expect(((1 - ndcY) / 2) * 400 + 50).toBeCloseTo(photo[1], 4)
  })

  test('keeps all depths inside, the nearest first', () => {
    const depths = points.map((point) => project(clip, point)[2])
    expect(Math.max(...depths.map(Math.abs))).toBeLessThan(1)
    expect(depths[1]).toBeLessThan(depths[0])
    expect(depths[0]).toBeLessThan(depths[2])
  })
})

describe('orbit', () => {
  test('never turns to the open back and never loses the face', () => {
    const { azimuth, elevation, zoom } = limited({ azimuth: 9, elevation: -9, zoom: 100 }, false)
    expect(azimuth).toBeLessThan(Math.PI * 0.6)
    expect(elevation).toBeGreaterThan(-Math.PI / 2)
    expect(zoom).toBeLessThanOrEqual(6)
  })

  test('approaches as fast in many short frames as in few long ones', () => {
    const to = { azimuth: 1, elevation: 0.4, zoom: 2 }
    let short = front
    for (let i = 0; i < 100; i++) short = approach(short, to, 0.002)
    const long = approach(front, to, 0.2)
    expect(isNear(short, long)).toBe(true)
    expect(isNear(front, long)).toBe(false)
  })

  test('the slow turn begins at the front and stays within the limits', () => {
    expect(isNear(slowTurn(0, false), front)).toBe(true)
    for (let s = 0; s < 60; s += 0.5) expect(limited(slowTurn(s, false), false)).toEqual(slowTurn(s, false))
  })

  test('a whole head is turned all around', () => {
    expect(limited({ azimuth: 9, elevation: -9, zoom: 1 }, true)).toMatchObject({
      azimuth: 9,
      elevation: -0.9,
    })
    expect(isNear(slowTurn(0, true), front)).toBe(true)
    const azimuths = [0, 5, 10, 15, 20].map((seconds) => slowTurn(seconds, true).azimuth)
    expect(azimuths).toEqual(azimuths.toSorted((a, b) => a - b))
    expect(azimuths.at(-1)).toBeGreaterThan(2 * Math.PI)
  })

  test('the way to a view is the shortest, and it is known however often around', () => {
    const turned = { azimuth: 2 * Math.PI + 3, elevation: 0, zoom: 1 }
    expect(nearestTurn(front, turned).azimuth).toBeCloseTo(2 * Math.PI)
    expect(nearestTurn({ ...front, azimuth: Math.PI }, turned).azimuth).toBeCloseTo(3 * Math.PI)
    for (const { name, orbit } of [...faceViews, ...headViews])
      expect(viewAt({ ...orbit, azimuth: orbit.azimuth - 4 * Math.PI, zoom: 2 })).toBe(name)
    expect(viewAt({ ...front, azimuth: 0.3 })).toBeNull()
  })
})
