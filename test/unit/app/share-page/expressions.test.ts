import { expect, test } from 'vitest'
import { expressionGroups } from '../../../../client/app/viewer/expression-groups.ts'
import { expressionNames } from '../../../../client/head/expressions/names.ts'
import { languages } from '../../../../worker/texts/languages.ts'

test('a shared head’s page has words for each of its sliders, in every language', () => {
  for (const { texts } of Object.values(languages))
    expect(Object.keys(texts.expressions.groups)).toEqual(Object.keys(expressionGroups))
})

test('no expression is moved by two sliders', () => {
  const moved: string[] = Object.values(expressionGroups).flat()
  expect(new Set(moved).size).toBe(moved.length)
  expect(expressionNames).toEqual(expect.arrayContaining(moved))
})
