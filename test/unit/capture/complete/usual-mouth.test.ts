import { describe, expect, it } from 'vitest'
import { usualMouth } from '../../../../client/capture/complete/usual-mouth.ts'
import { inMouthChart } from '../../../../client/face/mouth-chart.ts'

/** Log domain: light and dark skin, by their red, green and blue. */
const [light, dark] = [
  [5.4, 5.2, 5.1],
  [5.3, 4.8, 4.5],
]
const [front, between, gums, beyond] = [
  [0.14, 0.925],
  [0.126, 0.925],
  [0.126, 0.88],
  [0.126, 0.86],
] as const

describe.each([128, 512])('the usual mouth at %i px', (size) => {
  const at = (texture: Float32Array, [u, v]: readonly [number, number]) => {
    const texel = 3 * (Math.floor(v * size) * size + Math.floor(u * size))
    return [...texture.subarray(texel, texel + 3)]
  }

  it.each([
    ['light', light],
    ['dark', dark],
  ])('has teeth as light as %s skin is in red, and nearly white', (_, skin) => {
    const tooth = at(usualMouth(size, skin), front).map((value, c) => value + skin[c])
    for (const value of tooth) expect(Math.abs(value - skin[0])).toBeLessThan(0.2)
  })

  it('has teeth lighter than skin in black and white too', () => {
    const grey = [5, 5, 5]
    const [tooth] = at(usualMouth(size, grey, undefined, 0), front)
    expect(tooth).toBeGreaterThan(0.25)
    expect(at(usualMouth(size, grey, undefined, 1), front)[0]).toBeLessThan(0.2)
  })

  it('has gums and gaps between the teeth darker than these', () => {
    const texture = usualMouth(size, light)
    for (const place of [between, gums])
      at(texture, place).forEach((value, c) => {
        expect(value).toBeLessThan(at(texture, front)[c] - 0.05)
      })
  })

  it('is a shadow where the lips are closed', () => {
    const closed = usualMouth(size, light, new Float32Array(size * size))
    for (const place of [front, gums]) for (const value of at(closed, place)) expect(value).toBeLessThan(-0.5)
    const half = usualMouth(size, light, new Float32Array(size * size).fill(0.5))
    at(half, front).forEach((value, c) => {
      expect(value).toBeCloseTo((at(closed, front)[c] + at(usualMouth(size, light), front)[c]) / 2)
    })
  })

  it('leaves the face alone', () => {
    const texture = usualMouth(size, light, new Float32Array(size * size))
    expect(inMouthChart(...beyond)).toBe(false)
    expect(at(texture, beyond)).toEqual([0, 0, 0])
    expect(at(texture, [0.5, 0.5])).toEqual([0, 0, 0])
  })
})

it('is alike on both sides', () => {
  // At this size the chart's middle lies between two columns of texels.
  const size = 250
  const texture = usualMouth(size, light)
  for (let row = 218; row < 245; row++)
    for (let x = 5; x < 31; x++)
      for (let c = 0; c < 3; c++) {
        const [left, right] = [x, 62 - x].map((column) => texture[3 * (row * size + column) + c])
        expect(left).toBeCloseTo(right, 2)
      }
})
