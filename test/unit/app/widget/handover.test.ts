import { expect, test } from 'vitest'
import { de } from '../../../../client/app/texts/de.ts'
import { en } from '../../../../client/app/texts/en.ts'
import { Handover } from '../../../../client/app/widget/handover.ts'
import { handoverTexts, textsInFrame } from '../../../../client/app/widget/handover-texts.ts'
import type { News } from '../../../../client/app/widget/protocol.ts'

const result = (name: string): News => ({
  type: 'result',
  glb: new Blob([name]),
  texture: new Blob(),
  record: { name },
})
const progress: News = { type: 'progress', stage: 'found', fraction: null, secondsLeft: null }

function handover() {
  const told: News[] = []
  const shown: string[] = []
  const one: Handover = new Handover(
    (news) => told.push(news),
    () => shown.push(one.handing),
  )
  /** What the host page heard of results: their names, and the codes of errors. */
  const heard = () =>
    told.splice(0).map((news) => (news.type === 'result' ? news.record.name : 'code' in news && news.code))
  return { one, heard, told, shown }
}

test('by default the visitor is told, and results pass', () => {
  const { one, heard, shown } = handover()
  one.follow('tell')
  one.pass(result('a'))
  expect(heard()).toEqual(['a'])
  expect(shown).toEqual(['told'])
})

test('where the page asks, nothing but results waits; the newest passes once the visitor agrees', () => {
  const { one, heard, told } = handover()
  one.follow('ask')
  one.pass(progress)
  expect(told.splice(0)).toEqual([progress])
  one.pass(result('a'))
  one.pass(result('b'))
  expect(heard()).toEqual([])
  one.answer(true)
  expect(heard()).toEqual(['b'])
  one.pass(result('c'))
  expect(heard()).toEqual(['c'])
})

test('what is declined stays, is an error to the page, and may still be agreed to', () => {
  const { one, heard } = handover()
  one.follow('ask')
  one.answer(false)
  expect(heard()).toEqual([])
  one.pass(result('a'))
  expect(heard()).toEqual(['declined'])
  one.answer(true)
  expect(heard()).toEqual(['a'])
  one.answer(false)
  one.pass(result('b'))
  expect(heard()).toEqual(['declined'])
})

test('a page cannot take back its question', () => {
  const { one, heard } = handover()
  one.follow('ask')
  one.pass(result('a'))
  one.follow('tell')
  one.pass(result('b'))
  expect(heard()).toEqual([])
  expect(one.handing).toBe('asked')
})

test('each language says who gets it, and promises no more than that', () => {
  for (const [language, texts] of Object.entries({ en, de })) {
    const words = handoverTexts[language as 'en' | 'de']
    for (const handing of ['told', 'asked', 'agreed', 'declined'] as const)
      expect(words[handing]('shop.example')).toContain('shop.example')
    const { photo, shelf } = textsInFrame(texts, language as 'en' | 'de')
    expect(photo.privacy).not.toMatch(/nothing is sent|nichts wird gesendet/)
    expect(shelf.lead(1, '2 MB')).not.toMatch(/nothing of it|nichts davon/)
    expect(shelf.lead(3, '2 MB')).toContain('3')
  }
  expect(handoverTexts.de).not.toEqual(handoverTexts.en)
})
