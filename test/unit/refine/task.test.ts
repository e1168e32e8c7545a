import { describe, expect, it } from 'vitest'
import { summaryOf, taskOf } from '../../../client/refine/task.ts'
import { smallProblem } from '../../support/problem.ts'

/** 100 texels, the last one beside the mesh, as free as told. */
function problemOf(freedom: (i: number) => number, external = false) {
  return {
    ...smallProblem(10),
    coverage: Uint8Array.from({ length: 100 }, (_, i) => (i < 99 ? 1 : 0)),
    freedom: Float32Array.from({ length: 100 }, (_, i) => freedom(i)),
    external,
  }
}
const composite = { composite: true, rounds: 1 }

describe('taskOf', () => {
  it("has the problem's freedom, and counts from a twentieth on", () => {
    const given = problemOf((i) => [0, 0.04, 0.06, 1][i % 4])
    const task = taskOf(given, composite)
    expect(task.problem.freedom).toBe(given.freedom)
    expect(task).toMatchObject({ everything: false, free: 50, covered: 99 })
  })

  it.each([
    ['in full', composite, true],
    ['outside of the composite', { composite: false, rounds: 1 }, false],
  ])('frees every texel of the mesh %s', (_, preset, full) => {
    const given = problemOf(() => 0)
    const { problem, everything, free } = taskOf(given, preset, full)
    expect([...problem.freedom]).toEqual([...given.coverage])
    expect([everything, free]).toEqual([true, 99])
    expect(given.freedom.every((value) => value === 0)).toBe(true)
  })
})

it('frees nothing of a preset without rounds, and counts what could be', () => {
  const task = taskOf(
    problemOf((i) => (i < 40 ? 1 : 0)),
    { composite: true, rounds: 0 },
  )
  expect(task).toMatchObject({ free: 0, left: 40 })
  expect(summaryOf(task)).toBe(
    'Nothing was optimised: 40 texels that no side of the photo shows are as the capture filled them.',
  )
})

describe('summaryOf', () => {
  const summary = (free: number, { external = false, full = false } = {}) =>
    summaryOf(
      taskOf(
        problemOf((i) => (i < free ? 1 : 0), external),
        composite,
        full,
      ),
    )

  it('counts texels and says which they are', () => {
    expect(summary(33)).toBe('33 texels (33%) that no side of the photo shows were optimised.')
    expect(summary(5)).toBe('5 texels (5.1%) that no side of the photo shows were optimised.')
    expect(summary(33, { external: true })).toBe(
      '33 texels (33%) that the photo does not show were optimised.',
    )
    expect(summary(0, { full: true })).toBe('99 texels (100%) were optimised.')
  })

  it('says so where there is nothing to do', () => {
    expect(summary(0)).toMatch(/^Every texel is known .*: there was nothing to optimise\.$/)
  })
})
