import { expect, test } from 'vitest'
import { madeHead } from '../../../evaluation/head/made-heads.ts'

/** Targets of one vertex; which were asked for. */
function human() {
  const asked = new Set<string>()
  const target = (name: string) => {
    asked.add(name)
    return Float64Array.of(name.startsWith('asym') ? 0.1 : 1, 0, 0)
  }
  return { positions: new Float64Array(3), target, asked }
}

test('the same seed gives the same head, another seed another one', () => {
  expect(madeHead(human(), 1)).toEqual(madeHead(human(), 1))
  expect(madeHead(human(), 1).body).not.toEqual(madeHead(human(), 2).body)
})

test('heads are of both sexes, of every ethnicity and of nothing but released targets', () => {
  const one = human()
  const heads = Array.from({ length: 40 }, (_, seed) => madeHead(one, seed + 1))
  expect(new Set(heads.map(({ sex }) => sex)).size).toBe(2)
  expect(new Set(heads.map(({ ethnicity }) => ethnicity)).size).toBe(3)
  for (const name of one.asked)
    expect(name).toMatch(
      /^asym\/asym-|^macrodetails\/((african|caucasian)-(fe)?male-young|(african|caucasian)-male-old|asian-male-young|universal-(fe)?male-young-averagemuscle-averageweight)$/,
    )
  expect([...one.asked].some((name) => name.endsWith('-old'))).toBe(true)
})
