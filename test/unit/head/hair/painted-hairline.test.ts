import { beforeAll, describe, expect, test } from 'vitest'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { type UsualHair, usualHair } from '../../../../client/head/hair/painted-hairline.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { hood } from '../hood.ts'

let usual: UsualHair
beforeAll(async () => {
  usual = usualHair(hood(await canonicalFace(diskStore())))
})

/** The mesh's vertex nearest to a place. */
function nearest(place: readonly number[]): number {
  const { positions } = usual.mesh
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let v = 0; 3 * v < positions.length; v++) {
    const distance = Math.hypot(...place.map((value, c) => value - positions[3 * v + c]))
    if (distance >= least) continue
    least = distance
    best = v
  }
  return best
}

describe('usualHair', () => {
  test('grows on the scalp and ends at the nape', () => {
    const [scalp, neck] = [nearest([0, 8, -8]), nearest([0, -8.5, -12])]
    expect(usual.above[scalp]).toBeGreaterThan(3)
    expect(usual.possible[scalp]).toBe(1)
    expect(usual.above[neck]).toBeLessThan(-2)
    expect(usual.possible[neck]).toBe(0)
  })

  test('leaves more skin in front of the ears than behind', () => {
    const [before, behind] = [nearest([7, 0, -3]), nearest([7, 0, -12])]
    expect(usual.above[before]).toBeLessThan(usual.above[behind] - 3)
  })

  test('is alike on both sides', () => {
    for (const place of [
      [7, 2, -10],
      [6, -4, -9],
      [4, 7, -3],
    ]) {
      const [x, y, z] = place
      const [right, left] = [nearest([x, y, z]), nearest([-x, y, z])]
      expect(usual.above[left]).toBeCloseTo(usual.above[right], 1)
      expect(usual.possible[left]).toBeCloseTo(usual.possible[right], 1)
    }
  })
})
