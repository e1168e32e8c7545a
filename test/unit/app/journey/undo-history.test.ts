import { beforeEach, expect, test } from 'vitest'
import { UndoHistory } from '../../../../client/app/journey/undo-history.ts'

let history: UndoHistory
/** Something that is changed. */
let value: number
beforeEach(() => {
  history = new UndoHistory()
  value = 0
})

function change(to: number, isDrag = false, what: 'light' | 'hair' = 'light') {
  const before = value
  const set = (other: number) => () => {
    value = other
  }
  value = to
  history.add({ what, isDrag, undo: set(before), redo: set(to) })
}

test('changes are undone and redone one by one, the last first', () => {
  change(1)
  change(2)
  expect(history.undo()?.what).toBe('light')
  expect(value).toBe(1)
  history.undo()
  expect([value, history.canUndo, history.canRedo]).toEqual([0, false, true])
  expect(history.undo()).toBeNull()
  history.redo()
  history.redo()
  expect([value, history.canUndo, history.canRedo]).toEqual([2, true, false])
  expect(history.redo()).toBeNull()
})

test('what was undone before another change cannot be redone', () => {
  change(1)
  history.undo()
  change(5)
  expect(history.redo()).toBeNull()
  history.undo()
  expect(value).toBe(0)
})

test('a drag is one change, from where it began to where it ended', () => {
  change(1)
  for (const to of [2, 3, 4]) change(to, true)
  history.undo()
  expect(value).toBe(1)
  history.redo()
  expect(value).toBe(4)
  change(9, true, 'hair')
  history.undo()
  expect(value).toBe(4)
  history.undo()
  // A drag after an undo is another.
  change(7, true)
  history.undo()
  expect(value).toBe(1)
})

test('the oldest are forgotten', () => {
  for (let to = 1; to <= 30; to++) change(to)
  for (let i = 0; i < 40; i++) history.undo()
  expect(value).toBe(10)
})

test('what can no longer be undone is forgotten wherever it stands', () => {
  change(1)
  change(2, false, 'hair')
  history.forget('hair')
  expect(history.undo()?.what).toBe('light')
  change(3, false, 'hair')
  history.undo()
  history.forget('hair')
  expect(history.canRedo).toBe(false)
})
