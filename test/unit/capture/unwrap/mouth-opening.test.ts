import { expect, it } from 'vitest'
import { mouthOpening } from '../../../../client/capture/unwrap/mouth-opening.ts'
import { mouthEllipse, mouthTexels } from '../../../../client/face/mouth-chart.ts'

const size = 128
const chart = mouthTexels(size)
const row = (i: number) => Math.floor(i / size)

/** Lips that are `apart(x)` cm apart in column x of the texture: the chart's rows share that between them. */
function opening(apart: (x: number) => number, coverage = chart) {
  const positions = new Float32Array(3 * size * size)
  for (let x = 0; x < size; x++) {
    const column = [...chart.keys()].filter((i) => chart[i] && i % size === x)
    for (const i of column) positions[3 * i + 1] = (-apart(x) * (row(i) - row(column[0]))) / column.length
  }
  return mouthOpening(coverage, positions, size)
}
const middle = Math.floor(mouthEllipse.v * size) * size + Math.floor(mouthEllipse.u * size)

it('is 0 up to 0.15 cm, 1 from 0.3 cm on and half-way between half', () => {
  for (const [gap, expected] of [
    [0.14, 0],
    [0.225, 0.5],
    [0.31, 1],
  ])
    expect(opening(() => gap)[middle]).toBeCloseTo(expected, 4)
})

it('tells each column of the mouth by itself', () => {
  const half = opening((x) => (x < mouthEllipse.u * size ? 1 : 0))
  expect(half[middle - 5]).toBe(1)
  expect(half[middle + 5]).toBe(0)
})

it('is 1 all around the chart, and where the mesh has none', () => {
  const closed = opening(() => 0)
  chart.forEach((inside, i) => {
    if (!inside) expect(closed[i]).toBe(1)
  })
  expect(opening(() => 0, new Uint8Array(size * size)).every((value) => value === 1)).toBe(true)
})
