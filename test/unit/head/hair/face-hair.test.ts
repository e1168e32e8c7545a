import { describe, expect, test } from 'vitest'
import type { Capture } from '../../../../client/face/types.ts'
import { faceHair, faceOnHead } from '../../../../client/head/hair/face-hair.ts'

const size = 256
const count = size * size
const v = (i: number) => (Math.floor(i / size) + 0.5) / size
const u = (i: number) => ((i % size) + 0.5) / size
/** The chart begins at .05; a fringe hangs from there down to .2, in the left half only; brows lie about .34. */
const coverage = Uint8Array.from({ length: count }, (_, i) => (v(i) > 0.05 && v(i) < 0.95 ? 1 : 0))
const fringe = (i: number) => v(i) < 0.2 && u(i) < 0.5
const brow = (i: number) => Math.abs(v(i) - 0.34) < 0.02

function capture({ believed = 0, to = fringe }: { believed?: number; to?: (i: number) => boolean } = {}) {
  const sampled = Float32Array.from({ length: 3 * count }, (_, k) => (to(Math.floor(k / 3)) ? 0.1 : 0.7))
  return {
    likeness: { hair: Float32Array.from({ length: count }, (_, i) => (to(i) || brow(i) ? 1 : 0)) },
    capture: {
      ...{ size, coverage },
      weight: Float32Array.from({ length: count }, (_, i) => (to(i) ? believed : 1)),
      grazing: { sampled, weight: Float32Array.from(coverage) },
      features: Uint8Array.from({ length: count }, (_, i) => (brow(i) ? 1 : 0)),
    } as Capture,
  }
}
const at = (x: number, y: number) => Math.floor(y * size) * size + Math.floor(x * size)

describe('faceHair', () => {
  test('is the fringe that the capture took out, to the rim and beyond, and none of the brow', () => {
    const { capture: face, likeness } = capture()
    const { weight, colour } = faceHair(face, likeness)!
    expect(weight[at(0.25, 0.12)]).toBeGreaterThan(0.95)
    expect(weight[at(0.25, 0.051)]).toBeGreaterThan(0.95)
    expect(weight[at(0.25, 0.045)]).toBeGreaterThan(0.9)
    expect(colour[3 * at(0.25, 0.045)]).toBeCloseTo(0.1, 2)
    expect(weight[at(0.75, 0.12)]).toBeLessThan(0.01)
    expect(weight[at(0.25, 0.34)]).toBe(0)
    // Its end is soft.
    let steepest = 0
    for (let y = 10; y < 200; y++)
      steepest = Math.max(steepest, weight[y * size + 64] - weight[(y + 1) * size + 64])
    expect(steepest).toBeLessThan(0.6)
  })

  test('ends softly before the brows where hair hangs over them', () => {
    const { capture: face, likeness } = capture({ to: (i) => v(i) < 0.5 && u(i) < 0.4 })
    const { weight } = faceHair(face, likeness)!
    expect(weight[at(0.1, 0.1)]).toBeGreaterThan(0.95)
    for (let y = 0.32; y < 0.6; y += 0.01) expect(weight[at(0.1, y)]).toBeLessThan(0.05)
    for (let y = 30; y < 120; y++)
      expect(Math.abs(weight[y * size + 26] - weight[(y + 1) * size + 26])).toBeLessThan(0.2)
  })

  test('is nothing where the capture believed what it saw, nor where nothing comes over the rim', () => {
    const sure = capture({ believed: 1 })
    expect(faceHair(sure.capture, sure.likeness)).toBeNull()
    const spot = capture({ to: (i) => Math.hypot(u(i) - 0.1, v(i) - 0.24) < 0.04 })
    expect(faceHair(spot.capture, spot.likeness)).toBeNull()
  })
})

describe('faceOnHead', () => {
  const texture = new Float32Array(3 * count).fill(0.7)

  test('lays hair over a copy', () => {
    const weight = Float32Array.from({ length: count }, (_, i) => (i === 5 ? 0.5 : 0))
    const hair = { colour: new Float32Array(3 * count).fill(0.1), weight }
    const result = faceOnHead(texture, hair)
    expect(result[15]).toBeCloseTo(0.4)
    expect(result[18]).toBeCloseTo(0.7)
    expect(texture[15]).toBeCloseTo(0.7)
  })

  test('without hair the texture is as it was; hair of another size does not fit', () => {
    expect(faceOnHead(texture, null)).toBe(texture)
    const small = { colour: new Float32Array(12), weight: new Float32Array(4) }
    expect(() => faceOnHead(texture, small)).toThrow('both need one size')
  })
})
