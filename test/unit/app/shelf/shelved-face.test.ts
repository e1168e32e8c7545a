import { expect, test } from 'vitest'
import {
  binaryBytes,
  bytesOf,
  isPhotoOver,
  nameOf,
  photoEnd,
} from '../../../../client/app/shelf/shelved-face.ts'

test('a face is named as its file, without what only programs read', () => {
  const names = ['IMG_2034.jpg', 'me.and.you.jpeg', 'photo', '.jpg', 'Dr. No']
  expect(names.map(nameOf)).toEqual(['IMG_2034', 'me.and.you', 'photo', '.jpg', 'Dr. No'])
})

test('a photo goes after thirty days, not before', () => {
  const now = Date.parse('2026-01-01T12:00:00Z')
  const until = photoEnd(now)
  expect(new Date(until).toISOString()).toBe('2026-01-31T12:00:00.000Z')
  expect([until - 1, until].map((time) => isPhotoOver({ photo: { bytes: 1, until } }, time))).toEqual([
    false,
    true,
  ])
  expect(isPhotoOver({ photo: null }, until)).toBe(false)
})

test('what a face takes: arrays, files, and its photo', () => {
  const face = { a: new Float32Array(3), deep: [{ b: new Blob(['four']) }, null, 7, 'words'] }
  expect(binaryBytes(face)).toBe(12 + 4)
  expect(bytesOf({ bytes: 16, photo: null })).toBe(16)
  expect(bytesOf({ bytes: 16, photo: { bytes: 5, until: 0 } })).toBe(21)
})
