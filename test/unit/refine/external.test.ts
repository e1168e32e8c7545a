import { expect, it } from 'vitest'
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
