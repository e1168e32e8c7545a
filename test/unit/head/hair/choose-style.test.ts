import { expect, test } from 'vitest'
import { chooseStyle } from '../../../../client/head/hair/choose-style.ts'

const side = (cover: number | null) => (cover === null ? null : { cover, length: 0, ends: true })
const short = { sides: [side(0), side(0)] as const, hairy: 0.8, thickness: 0.2, straight: 0.7 }

test.each([
  [0.8, 0.9, 'long01'],
  [0.9, 0.45, 'long01'],
  [0.8, 0.1, 'short02'],
  [0.95, 0, 'long01'],
  [0.6, 0.6, 'short02'],
  [null, 0.9, 'long01'],
  [null, null, 'short02'],
] as const)('hair that fills %s and %s of the rows beside the face: %s', (left, right, style) => {
  expect(chooseStyle({ ...short, sides: [side(left), side(right)] })).toBe(style)
})

test.each([
  ['a bare scalp of a bare head’s outline', { hairy: 0.2, thickness: -0.01 }, 'none'],
  ['hardly any hair on the scalp, whatever lies around', { hairy: 0.04, thickness: 0.11 }, 'none'],
  ['a bare scalp with hair around it', { hairy: 0.2, thickness: 0.2 }, 'short02'],
  ['hair that is short enough to be painted', { thickness: 0.13 }, 'photo'],
  ['hair that lies close', { thickness: 0.01 }, 'photo'],
  ['frizzy hair', { straight: 0.38 }, 'afro01'],
  ['short frizzy hair', { straight: 0.38, thickness: 0.1 }, 'afro01'],
  ['frizz that is a shade on the head', { straight: 0.38, thickness: 0.01 }, 'photo'],
  ['hair of which too little is seen to tell how it runs', { straight: null }, 'short02'],
  ['a head whose outline is not seen', { thickness: null, hairy: 0 }, 'short02'],
] as const)('%s', (_, seen, style) => {
  expect(chooseStyle({ ...short, sides: [side(0), side(0)], ...seen })).toBe(style)
})

test('a bald head is none with long hair, whatever lies beside it', () => {
  const seen = { hairy: 0.02, thickness: -0.01, straight: 0.7 }
  expect(chooseStyle({ ...seen, sides: [side(1), side(0)] })).toBe('none')
})
