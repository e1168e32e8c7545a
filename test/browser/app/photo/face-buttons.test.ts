import { expect, test } from 'vitest'
import { faceButtons, nameButtons, placeButtons } from '../../../../client/app/photo/face-buttons.ts'
import type { FaceBox } from '../../../../client/face/types.ts'

const face = (x: number): FaceBox => ({ x, y: 20, width: 50, height: 60, score: 1, quarterTurns: 0 })
const faces = [face(10), face(100)]

test('one face leaves no choice', () => {
  expect(faceButtons([faces[0]], faces[0], () => {})).toEqual([])
})

test('each of several has a button over it, with its name, that chooses it', () => {
  const chosen: FaceBox[] = []
  const board = document.createElement('div')
  board.replaceChildren(...faceButtons(faces, faces[1], (each) => chosen.push(each)))
  nameButtons(board.children)
  placeButtons(board.children, faces, { scale: 2, left: 5, top: -10 })
  const [first, second] = [...board.children] as HTMLElement[]
  expect([first, second].map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'true'])
  expect(first.ariaLabel).not.toBe(second.ariaLabel)
  const { left, top, width, height } = second.style
  expect([left, top, width, height]).toEqual(['205px', '30px', '100px', '120px'])
  first.click()
  expect(chosen).toEqual([faces[0]])
})
