import { expect, it } from 'vitest'
import { problem } from '../../../client/refine/problem.ts'
import { smallProblem } from '../../support/problem.ts'

it('frees nothing where every texel has evidence, and texels without it entirely', () => {
  expect(smallProblem(32, { hole: false }).freedom.every((free) => free === 0)).toBe(true)
  const { freedom, weight, evidence } = smallProblem()
  expect(freedom[16 * 32 + 22]).toBeGreaterThan(0.99)
  freedom.forEach((free, i) => {
    if (evidence[i] && weight[i] === 1) expect(free).toBe(0)
  })
})

it('leaves eyes, brows and lips as the content has them, unless the content is from outside', () => {
  const whole = smallProblem()
  const hidden = 16 * 32 + 22
  const features = new Uint8Array(32 * 32)
  for (const y of [-2, -1, 0, 1, 2]) features.fill(1, hidden + 32 * y - 2, hidden + 32 * y + 3)
  const { freedom } = problem({ ...whole, features })
  expect(whole.freedom[hidden]).toBeGreaterThan(0.99)
  expect(freedom[hidden]).toBe(0)
  expect(freedom[hidden + 4]).toBeGreaterThan(0.99)
  const all = problem({ ...whole, features: new Uint8Array(32 * 32).fill(1) })
  expect(all.freedom.every((free) => free === 0)).toBe(true)
  const content = new Float32Array(32 * 32 * 3).fill(0.3)
  expect(problem({ ...whole, features }, { content }).freedom[hidden]).toBe(1)
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
  expect(problem(smallProblem(), { content, asIs: true }).content).toBe(content)
})

it("holds what the composite holds, where the official code's way leaves it half free", () => {
  const content = new Float32Array(32 * 32 * 3).fill(0.3)
  const whole = smallProblem()
  const source = { ...whole, weight: whole.weight.map((w) => 0.7 * w) }
  const seen = whole.weight.indexOf(1)
  expect(problem(source, { content }).freedom[seen]).toBe(0)
  expect(problem(source, { content, asIs: true }).freedom[seen]).toBeCloseTo(0.3, 5)
})

it('leaves out what the full-face mask leaves out', () => {
  const whole = smallProblem()
  const fullMask = new Uint8Array(32 * 32).map((_, i) => (i < 512 ? 1 : 0))
  const upper = problem(whole, { fullMask })
  expect([...upper.coverage]).toEqual([...fullMask])
  for (const values of [upper.weight, upper.freedom, upper.evidence]) {
    expect(values.subarray(512).every((value) => value === 0)).toBe(true)
  }
  expect(upper.weight.subarray(0, 512)).toEqual(whole.weight.subarray(0, 512))
  expect(() => problem(whole, { fullMask: new Uint8Array(32 * 32) })).toThrow('leaves nothing of the mesh')
  expect(() => problem(whole, { fullMask: new Uint8Array(9) })).toThrow('has 9 values')
})
