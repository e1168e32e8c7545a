import { expect, it } from 'vitest'
import { fillPolygon } from '../../../client/image/polygon.ts'

/** Rows of the filled mask, as text. */
function filled(corners: number[][], size = 6): string[] {
  const mask = new Uint8Array(size * size)
  fillPolygon(corners, mask, size)
  return Array.from({ length: size }, (_, row) => mask.subarray(row * size, (row + 1) * size).join(''))
}

it('takes pixels by their centres', () => {
  expect(
    filled([
      [1, 1],
      [4, 1],
      [4, 3.4],
      [1, 3.4],
    ]),
  ).toEqual(['000000', '011100', '011100', '000000', '000000', '000000'])
})

it('does not count a pixel twice for two polygons that meet', () => {
  const mask = [
    [0, 2.5],
    [2.5, 6],
  ].map(([left, right]) =>
    filled([
      [left, 0],
      [right, 0],
      [right, 6],
      [left, 6],
    ]),
  )
  expect(mask.map(([row]) => row)).toEqual(['110000', '001111'])
})

it('fills triangles, either way around', () => {
  const corners = [
    [0, 0],
    [6, 0],
    [0, 6],
  ]
  const expected = ['111110', '111100', '111000', '110000', '100000', '000000']
  expect(filled(corners)).toEqual(expected)
  expect(filled(corners.toReversed())).toEqual(expected)
})

it('leaves out what is enclosed twice', () => {
  const square = (from: number, to: number) => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
    [from, from],
  ]
  expect(filled([...square(0, 6), ...square(2, 4)])).toEqual([
    '111111',
    '111111',
    '110011',
    '110011',
    '111111',
    '111111',
  ])
})

it('is cut at the border', () => {
  expect(
    filled([
      [-9, -9],
      [2, -9],
      [2, 99],
      [-9, 99],
    ]),
  ).toEqual(new Array(6).fill('110000'))
})
