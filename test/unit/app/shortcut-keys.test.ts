import { expect, test } from 'vitest'
import { type Pressed, shortcutKeys, shortcutOf, wayOf } from '../../../client/app/shortcut-keys.ts'

const pressed = (key: string, others: Partial<Pressed> = {}): Pressed => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false },
  ...others,
})

test('each key of the sheet does what it says there, in both cases', () => {
  for (const [shortcut, keys] of Object.entries(shortcutKeys))
    for (const [view, key] of keys.split(' ').entries()) {
      expect(shortcutOf(pressed(key))).toEqual({ shortcut, view })
      expect(shortcutOf(pressed(key.toLowerCase()))).toEqual({ shortcut, view })
    }
  expect(shortcutOf(pressed('3'))).toEqual({ shortcut: 'views', view: 2 })
})

test.each(['x', '5', ' ', 'Enter', 'ArrowLeft', '+', '0', 'Escape'])('%s is left to others', (key) => {
  expect(shortcutOf(pressed(key))).toBeNull()
})

test.each(['ctrlKey', 'metaKey', 'altKey', 'repeat'] as const)('with %s the browser has it', (modifier) => {
  expect(shortcutOf(pressed('s', { [modifier]: true }))).toBeNull()
})

test.each([
  ['undo', 'z', { ctrlKey: true }],
  ['undo', 'z', { metaKey: true, repeat: true }],
  ['redo', 'Z', { ctrlKey: true, shiftKey: true }],
  ['redo', 'Z', { metaKey: true, shiftKey: true }],
  ['redo', 'y', { ctrlKey: true }],
  [null, 'y', { metaKey: true }],
  [null, 'z', {}],
  [null, 'Z', { shiftKey: true }],
  [null, 'z', { ctrlKey: true, altKey: true }],
  [null, 'x', { ctrlKey: true }],
] as const)('%s is asked for by %s with %o', (way, key, held) => {
  expect(wayOf(pressed(key, held))).toBe(way)
})
