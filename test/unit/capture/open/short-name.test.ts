import { expect, it } from 'vitest'
import { shortName } from '../../../../client/capture/open/short-name.ts'

it('leaves a name of up to 60 characters as it is', () => {
  const name = `${'a'.repeat(56)}.jpg`
  expect(shortName(name)).toBe(name)
})

it('leaves out the middle of a longer one, with its spaces', () => {
  const name = `${'a'.repeat(30)}${'b'.repeat(50)}${'c'.repeat(29)}`
  expect(shortName(name)).toBe(`${'a'.repeat(30)} ... ${'c'.repeat(29)}`)
  expect(shortName(`${'a'.repeat(20)}${' '.repeat(60)}c.jpg`)).toBe(`${'a'.repeat(20)} ... c.jpg`)
})

it('makes line breaks spaces', () => {
  expect(shortName('a\nb\tc\u0000.jpg')).toBe('a b c .jpg')
})
