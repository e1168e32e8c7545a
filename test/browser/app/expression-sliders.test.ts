import { expect, test } from 'vitest'
import { type ExpressionGroup, expressionGroups } from '../../../client/app/viewer/expression-groups.ts'
import { ExpressionSliders } from '../../../client/app/viewer/expression-sliders.ts'
import { type ExpressionWeights, expressionNames } from '../../../client/head/expressions/names.ts'

const groups = Object.fromEntries(Object.keys(expressionGroups).map((name) => [name, name])) as Record<
  ExpressionGroup,
  string
>

function shown() {
  const sliders = new ExpressionSliders()
  sliders.texts = { groups, single: 'One of all', strength: 'How strong', reset: 'At rest' }
  document.body.replaceChildren(sliders)
  const told: ExpressionWeights[] = []
  sliders.addEventListener('express', (event) => told.push((event as CustomEvent<ExpressionWeights>).detail))
  const labelled = <Control>(words: string) =>
    [...sliders.querySelectorAll('label')].find(({ innerText }) => innerText.startsWith(words))!
      .control as unknown as Control
  const move = (words: string, value: number) => {
    const input = labelled<HTMLInputElement>(words)
    input.valueAsNumber = value
    input.dispatchEvent(new Event('input'))
  }
  const value = (words: string) => labelled<HTMLInputElement>(words).valueAsNumber
  return { sliders, told, labelled, move, value }
}

test('a slider moves left and right at once, the others stay; the button puts all at rest', () => {
  const { sliders, told, move, value } = shown()
  move('smile', 40)
  move('jawOpen', 25)
  expect(told).toEqual([
    { mouthSmileLeft: 0.4, mouthSmileRight: 0.4 },
    { mouthSmileLeft: 0.4, mouthSmileRight: 0.4, jawOpen: 0.25 },
  ])
  move('smile', 0)
  expect(told.at(-1)).toEqual({ jawOpen: 0.25 })
  sliders.querySelector('button')!.click()
  expect(told.at(-1)).toEqual({})
  expect([value('smile'), value('jawOpen')]).toEqual([0, 0])
})

test('any expression can be chosen by its name, and shows where it stands', () => {
  const { sliders, told, labelled, move, value } = shown()
  const choice = labelled<HTMLSelectElement>('One of all')
  expect([...choice.options].map(({ value }) => value)).toEqual([...expressionNames])
  sliders.weights = { noseSneerLeft: 0.6, eyeBlinkRight: 0.2 }
  expect([value('How strong'), value('blink')]).toEqual([0, 20])
  choice.value = 'noseSneerLeft'
  choice.dispatchEvent(new Event('change'))
  expect(value('How strong')).toBe(60)
  move('How strong', 80)
  expect(told).toEqual([{ noseSneerLeft: 0.8, eyeBlinkRight: 0.2 }])
})
