import { expect, test } from 'vitest'
import { atlasHalves, headAtlas } from '../../../client/head/atlas.ts'

test('lays the face to the left of the rest, row by row', () => {
  const [face, rest] = [0, 100].map((first) => Float32Array.from({ length: 12 }, (_, i) => first + i))
  expect([...headAtlas(face, rest, 2)]).toEqual([
    ...[0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105],
    ...[6, 7, 8, 9, 10, 11, 106, 107, 108, 109, 110, 111],
  ])
  expect(atlasHalves(headAtlas(face, rest, 2), 2)).toEqual([face, rest])
})

test.each([
  ['face', 27, 12],
  ['rest', 12, 27],
])('refuses a %s of another size', (_, face, rest) => {
  expect(() => headAtlas(new Float32Array(face), new Float32Array(rest), 2)).toThrow('one has 27')
})
