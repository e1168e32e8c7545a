import { expect, test } from 'vitest'
import { halvesToFloats } from '../../../client/refine/weights.ts'
import { floatsToHalves } from '../../../models/float16.ts'

const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits)
/** JavaScript's own float16 is the reference: rounds to nearest even. */
const reference = new DataView(new ArrayBuffer(4)) as DataView & {
  setFloat16(at: number, value: number, little: boolean): void
  getFloat16(at: number, little: boolean): number
}
const referenceBits = (value: number) => {
  reference.setFloat16(0, value, true)
  return reference.getUint16(0, true)
}

test('decodes every half', () => {
  const floats = halvesToFloats(all)
  for (const bits of all) {
    reference.setUint16(0, bits, true)
    if (!Object.is(floats[bits], reference.getFloat16(0, true))) expect.fail(`half ${bits}: ${floats[bits]}`)
  }
})

test('encodes every half as itself', () => {
  const numbers = all.filter((bits) => (bits & 0x7fff) <= 0x7c00)
  expect(floatsToHalves(halvesToFloats(numbers))).toEqual(numbers)
  expect(floatsToHalves(Float32Array.of(Number.NaN))[0] & 0x7c00).toBe(0x7c00)
})

test('rounds to the nearest, and to even midway', () => {
  const float = new Float32Array(1)
  const bits = new Uint32Array(float.buffer)
  const values: number[] = [
    65519.996,
    65520,
    -65520,
    1e30,
    1e-30,
    2 ** -25,
    2 ** -25 * 1.0000001,
    -(2 ** -26),
  ]
  // Around the middle between each half and the next: a float32 below, the middle itself, one above.
  for (let half = 0; half < 0x7bff; half++) {
    const [low, high] = halvesToFloats(Uint16Array.of(half, half + 1))
    float[0] = (low + high) / 2
    for (const step of [-1, 1, 1]) {
      values.push(float[0])
      bits[0] += step
    }
    values.push(float[0])
  }
  const found = floatsToHalves(Float32Array.from(values))
  for (const [i, value] of Float32Array.from(values).entries()) {
    if (found[i] !== referenceBits(value)) expect.fail(`${value}: ${found[i]}, not ${referenceBits(value)}`)
  }
})
