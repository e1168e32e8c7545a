import { expect, test } from 'vitest'
import { expressionGroups } from '../../../../client/app/viewer/expression-groups.ts'
import { expressionNames } from '../../../../client/head/expressions/names.ts'

test('no expression is moved by two sliders', () => {
  const moved: string[] = Object.values(expressionGroups).flat()
  expect(new Set(moved).size).toBe(moved.length)
  expect(expressionNames).toEqual(expect.arrayContaining(moved))
})
