import { expect, test } from 'vitest'
import { openness } from '../../../../models/head/openness.ts'

/** A level square of side 20 at a height, its corners and its middle: the middle is vertex 4. */
const sheet = (height: number, side = 20) => ({
  positions: [-1, -1, 1, -1, 1, 1, -1, 1, 0, 0].flatMap((value, i, all) =>
    i % 2 ? [] : [(value * side) / 2, height, (all[i + 1] * side) / 2],
  ),
  triangles: [0, 4, 1, 1, 4, 2, 2, 4, 3, 3, 4, 0],
})
const middle = 4

test('a strip in the open is open but from below, on a body too', () => {
  const open = openness(sheet(0.1), sheet(0, 100))[middle]
  expect(open).toBeGreaterThan(0.8)
  expect(open).toBeLessThan(1)
  expect(openness(sheet(10), sheet(-1000))[middle]).toBeGreaterThan(0.95)
})

test('what another strip covers is closed, and what the body covers is open from below alone', () => {
  const [over, under] = [sheet(2), sheet(0)]
  const both = {
    positions: [...over.positions, ...under.positions],
    triangles: [...over.triangles, ...under.triangles.map((v) => 5 + v)],
  }
  const open = openness(both, sheet(-2, 100))
  expect(open[5 + middle]).toBeLessThan(0.3)
  expect(open[middle]).toBeGreaterThan(0.7)
  expect(openness(under, sheet(8, 200))[middle]).toBeCloseTo(0.27, 1)
})
