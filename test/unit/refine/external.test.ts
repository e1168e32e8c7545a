import { describe, expect, it } from 'vitest'
import { fitExternal } from '../../../client/refine/external.ts'
import { smallProblem } from '../../support/problem.ts'

it("keeps the photo's own texels exactly, and takes its light elsewhere", () => {
  const capture = smallProblem()
  const dark = new Float32Array(32 * 32 * 3).fill(0.2)
  const fitted = fitExternal(dark, capture.content, capture)
  for (let i = 0; i < 32 * 32; i++) if (capture.weight[i]) expect(fitted[3 * i]).toBe(capture.sampled[3 * i])
  const middle = 3 * (16 * 32 + 22)
  for (let c = 0; c < 3; c++)
    expect(Math.abs(fitted[middle + c] - capture.content[middle + c])).toBeLessThan(0.12)
})

describe('where the photo shows the face at a grazing angle', () => {
  const size = 64
  /** Left: seen well. Middle: at a grazing angle, with a line across, and a step to a dark background. Right: not seen. */
  const grazed = () => {
    const { mesh, view } = smallProblem(size)
    const columns = (of: (x: number) => number) =>
      Float32Array.from({ length: size * size }, (_, i) => of(i % size))
    const weight = columns((x) => (x < 24 ? 1 : x < 48 ? 0.3 : 0))
    const sampled = new Float32Array(3 * size * size)
    for (let i = 0; i < weight.length; i++) {
      const isLine = Math.abs(Math.floor(i / size) - 32) < 2
      const value = i % size >= 44 ? 0.05 : isLine ? 0.5 : 0.6
      if (weight[i]) sampled.fill(value, 3 * i, 3 * i + 3)
    }
    return {
      ...{ size, sampled, weight, mesh, view },
      coverage: new Uint8Array(size * size).fill(1),
      features: new Uint8Array(size * size),
    }
  }
  const light = new Float32Array(3 * size * size).fill(0.6)
  const fitted = fitExternal(new Float32Array(3 * size * size).fill(0.4), light, grazed())
  const at = (x: number, y: number) => fitted[3 * (y * size + x)]

  it('takes the detail that it shows', () => {
    // A weight of 0.3 alone would bring 0.03.
    expect(at(34, 20) - at(34, 32)).toBeGreaterThan(0.06)
    expect(at(56, 20) - at(56, 32)).toBeLessThan(0.04)
  })

  it('takes the step at the outline for no detail', () => {
    expect(at(41, 20) - at(52, 20)).toBeLessThan(0.1)
  })
})
