import { describe, expect, it } from 'vitest'
import { composite, finished } from '../../../client/refine/finish.ts'
import { presets } from '../../../client/refine/schedule.ts'
import { smallProblem } from '../../support/problem.ts'

describe('composite', () => {
  it('takes the image as far as a texel is free, and stays within 0 and 1', () => {
    const freedom = Float32Array.of(0, 0.25, 1, 1)
    const content = new Float32Array(12).fill(0.4)
    const image = Float32Array.from([...new Float32Array(6).fill(0.8), 1.5, 1.5, 1.5, -1, -1, -1])
    const result = composite(image, { freedom, content })
    expect([0, 3, 6, 9].map((k) => result[k])).toEqual([0.4, 0.5, 1, 0].map(Math.fround))
  })
})

describe('finished', () => {
  const problem = smallProblem()
  const everywhere = { ...problem, freedom: new Float32Array(32 * 32).fill(1) }
  const shifted = problem.content.map((value) => value - 0.1)

  it('is the image where its low frequencies are its own', () => {
    const texture = finished(shifted, everywhere, presets.paper)
    texture.forEach((value, k) => {
      expect(value).toBeCloseTo(shifted[k], 6)
    })
  })

  it("has the content's low frequencies where those are locked", () => {
    const texture = finished(shifted, everywhere, presets.draft)
    // Detail that stands out is bent a little: what is left of the shift is a tenth of it at most.
    const shift = texture.reduce((sum, value, k) => sum + value - problem.content[k], 0) / texture.length
    expect(Math.abs(shift)).toBeLessThan(0.01)
  })

  it('bends detail that stands out more than the skin does', () => {
    const spot = 16 * 32 + 22
    const image = problem.content.slice()
    for (let c = 0; c < 3; c++) image[3 * spot + c] = 0
    const [free, bent] = [presets.paper, presets.draft].map((preset) => finished(image, problem, preset))
    expect(free[3 * spot]).toBeLessThan(0.05)
    expect(bent[3 * spot]).toBeGreaterThan(0.3)
  })

  it('never touches what is held, and fills what lies beside the charts', () => {
    const coverage = problem.coverage.map((_, i) => (i < 32 ? 0 : 1))
    const texture = finished(new Float32Array(3 * 32 * 32), { ...problem, coverage }, presets.draft)
    problem.freedom.forEach((free, i) => {
      if (free === 0 && coverage[i]) expect(texture[3 * i]).toBe(problem.content[3 * i])
    })
    // From the covered texels below.
    for (let x = 0; x < 32; x++) expect(Math.abs(texture[3 * x] - texture[3 * (32 + x)])).toBeLessThan(0.25)
    expect(texture[0]).toBeGreaterThan(0.4)
  })
})
