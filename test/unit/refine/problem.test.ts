import { expect, it } from 'vitest'
import { smallProblem } from '../../support/problem.ts'

it('frees nothing where every texel has evidence, and texels without it entirely', () => {
  expect(smallProblem(32, { hole: false }).freedom.every((free) => free === 0)).toBe(true)
  const { freedom, weight, evidence } = smallProblem()
  expect(freedom[16 * 32 + 22]).toBeGreaterThan(0.99)
  freedom.forEach((free, i) => {
    if (evidence[i] && weight[i] === 1) expect(free).toBe(0)
  })
})

it('takes external content where the photo shows nothing, and leaves own texels exact', () => {
  const content = new Float32Array(32 * 32 * 3).fill(0.3)
  const posed = smallProblem(32, { content })
  expect(posed.external).toBe(true)
  posed.evidence.forEach((kind, i) => {
    expect(kind).toBe(posed.weight[i] ? 1 : 3)
    expect(posed.freedom[i]).toBe(1 - posed.weight[i])
    if (kind === 1) expect(posed.content[3 * i]).toBe(posed.sampled[3 * i])
  })
  // A dark grey texture takes the light of this photo.
  expect(posed.content[3 * (16 * 32 + 22)]).toBeGreaterThan(0.5)
  expect(() => smallProblem(32, { content: new Float32Array(3) })).toThrow('has 3 values')
})
