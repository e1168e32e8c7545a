import { beforeAll, expect, test } from 'vitest'
import { blinks, gaze, lookWeights, openings } from '../../../../client/app/puppet/eyes.ts'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { eyes, irisLandmarks, meshLandmarks } from '../../../../client/face/contours.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'

let open: Float32Array
beforeAll(async () => {
  const { pos } = await canonicalFace(diskStore())
  open = new Float32Array(3 * (meshLandmarks + 2 * irisLandmarks))
  open.set(pos)
})

/** Lids nearer to each other, of one eye. @param share of the opening that is left */
function narrowed(eye: 0 | 1, share: number): Float32Array {
  const points = open.slice()
  for (let i = 9; i < 16; i++) {
    const [upper, lower] = [eyes[eye][i], eyes[eye][16 - i]]
    for (const axis of [0, 1, 2])
      points[3 * upper + axis] =
        open[3 * lower + axis] + share * (open[3 * upper + axis] - open[3 * lower + axis])
  }
  return points
}

test('an eye is closed by what its opening has lost, each by itself', () => {
  const neutral = openings(open)
  expect(blinks(neutral, neutral)).toEqual([0, 0])
  const [right, left] = blinks(openings(narrowed(0, 0.2)), neutral)
  expect([right, left]).toEqual([1, 0])
  const half = blinks(openings(narrowed(1, 0.6)), neutral)
  expect(half[0]).toBe(0)
  expect(half[1]).toBeGreaterThan(0.3)
  expect(half[1]).toBeLessThan(0.7)
})

test('a wide open eye is not closed', () => {
  expect(blinks(openings(narrowed(0, 1.3)), openings(open))).toEqual([0, 0])
})

test('gaze is where the irises lie between the corners', () => {
  const before = gaze(open)
  const looking = open.slice()
  for (let i = meshLandmarks; i < looking.length / 3; i++) {
    looking[3 * i] += 0.4
    looking[3 * i + 1] -= 0.1
  }
  const after = gaze(looking)
  expect(after.x - before.x).toBeCloseTo(0.4, 4)
  expect(after.y - before.y).toBeCloseTo(-0.1, 4)
})

test('who looks to the own left looks out with the left eye and in with the right one', () => {
  expect(lookWeights(0.5, 0)).toMatchObject({ eyeLookOutLeft: 1, eyeLookInRight: 1, eyeLookInLeft: 0 })
  expect(lookWeights(0, -0.18)).toMatchObject({
    eyeLookDownLeft: 0.5,
    eyeLookDownRight: 0.5,
    eyeLookUpLeft: 0,
  })
  expect(lookWeights(0.05, 0.05)).toMatchObject({ eyeLookOutLeft: 0, eyeLookUpLeft: 0 })
})
