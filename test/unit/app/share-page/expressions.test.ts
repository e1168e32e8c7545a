import { expect, test } from 'vitest'
import { expressionGroups } from '../../../../client/app/viewer/expression-groups.ts'
import { languages } from '../../../../worker/texts/languages.ts'

test('a shared head’s page has words for each of its sliders, in every language', () => {
  for (const { texts } of Object.values(languages))
    expect(Object.keys(texts.expressions.groups)).toEqual(Object.keys(expressionGroups))
})
