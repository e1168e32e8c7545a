import { expect, test } from 'vitest'
import {
  type HairStyle,
  opennessSteps,
  positionStep,
  readHairStyle,
  uvSteps,
} from '../../../../client/head/hair/hair-style.ts'
import { packHairStyle } from '../../../../models/head/hair-styles.ts'

/** An odd number of vertices, so that the file ends at an odd byte. */
const style = (): HairStyle => ({
  positions: Float32Array.of(-60, 0.123, 60, 1, -2, 3, 0, 0, 0),
  uv: Float32Array.of(0, 1, 0.5, 0.25, 1, 0),
  openness: Float32Array.of(0, 0.5, 1),
  triangles: Uint32Array.of(2, 1, 0, 0, 1, 2),
})

test('reads what was packed, to half a step', () => {
  const model = style()
  const read = readHairStyle(packHairStyle(model))
  const steps: [keyof HairStyle, number][] = [
    ['positions', positionStep],
    ['uv', 1 / uvSteps],
    ['openness', 1 / opennessSteps],
    ['triangles', 0],
  ]
  for (const [part, step] of steps) {
    expect(read[part]).toHaveLength(model[part].length)
    const off = Math.max(...Array.from(model[part], (value, i) => Math.abs(value - read[part][i])))
    expect(off).toBeLessThanOrEqual(0.51 * step)
  }
})

test('reads a file that begins at an odd byte of a larger one', () => {
  const packed = packHairStyle(style())
  const larger = new Uint8Array(packed.length + 1)
  larger.set(packed, 1)
  expect(readHairStyle(larger.subarray(1))).toEqual(readHairStyle(packed))
})

test.each([0, 3, 40])('refuses a file cut to %d bytes', (length) => {
  expect(() => readHairStyle(packHairStyle(style()).subarray(0, length))).toThrow(`and has ${length}`)
})

test('is of two bytes a number', () => {
  const model = style()
  model.positions[0] = 70
  expect(() => packHairStyle(model)).toThrow('does not fit')
})
