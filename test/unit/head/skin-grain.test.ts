import { expect, test } from 'vitest'
import type { Capture } from '../../../client/face/types.ts'
import { addSkinGrain } from '../../../client/head/skin-grain.ts'
import { random } from '../../../client/image/random.ts'

const size = 512
const count = size * size

function face(noise: number): Capture {
  const { normal } = random(3)
  return {
    size,
    sampled: Float32Array.from({ length: 3 * count }, () => 0.5 * Math.exp(noise * normal())),
    weight: new Float32Array(count).fill(1),
    features: new Uint8Array(count),
  } as Capture
}

/** Of what is added to skin of one colour. */
function deviation(capture: Capture): number {
  const values = new Float32Array(3 * count)
  addSkinGrain(values, capture)
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum / values.length)
}

test('unseen skin has as much grain as the face, at the rest’s coarser texels', () => {
  const fine = deviation(face(0.05))
  expect(fine).toBeGreaterThan(0.004)
  // Of noise in each of the face's texels, 2.6 x 2.6 make one of the rest's.
  expect(fine).toBeLessThan(0.05)
  expect(deviation(face(0.1)) / fine).toBeCloseTo(2, 0)
})

test('smooth skin has none', () => {
  expect(deviation(face(0))).toBeLessThan(1e-4)
})
