import { describe, expect, test } from 'vitest'
import type { Unwrap } from '../../../client/face/types.ts'
import { isBald, scalpOf } from '../../../client/head/bald.ts'
import { random } from '../../../client/image/random.ts'

const size = 128
const count = size * size
const ones = () => new Float32Array(count).fill(1)

/** Skin with detail of that strength, log units about. */
function picture(strength: number): Float32Array {
  const { normal } = random(5)
  const noise = Float32Array.from({ length: count }, normal)
  return Float32Array.from({ length: 3 * count }, (_, k) =>
    Math.min(1, [0.75, 0.55, 0.45][k % 3] * Math.exp(strength * noise[Math.floor(k / 3)])),
  )
}

const face = { size, sampled: picture(0.03), weight: ones(), features: new Uint8Array(count) }
const rest = (strength: number): Unwrap => ({
  size,
  sampled: picture(strength),
  weight: ones(),
  coverage: new Uint8Array(count).fill(1),
  normals: new Float32Array(3 * count),
  features: new Uint8Array(count),
  symmetric: false,
})
const upper = (i: number) => i < count / 2

describe('isBald', () => {
  test('a scalp of skin that is smoother than the face', () => {
    expect(isBald(rest(0.01), ones(), upper, face)).toBe(true)
  })

  test('not one of skin’s colour that is as rough as hair', () => {
    expect(isBald(rest(0.06), ones(), upper, face)).toBe(false)
  })

  test('nor one of which half is something else, nor one that is not seen', () => {
    const half = Float32Array.from({ length: count }, (_, i) => i % 2)
    expect(isBald(rest(0.01), half, upper, face)).toBe(false)
    expect(isBald({ ...rest(0.01), weight: new Float32Array(count) }, ones(), upper, face)).toBe(false)
  })
})

test('the scalp begins above the eyes', () => {
  const positions = new Float32Array(3 * 300)
  for (const corner of [33, 263]) positions[3 * corner + 1] = 4
  positions.set([0, 5.9, 0, 0, 6.1, 0], 3)
  const isScalp = scalpOf({ positions })
  expect([1, 2].map(isScalp)).toEqual([false, true])
})
