import { describe, expect, it } from 'vitest'
import { project } from '../../../client/capture/mesh/camera.ts'
import { turnedCamera } from '../../../client/capture/mesh/render.ts'
import { roomToTurn } from '../../evaluation/room-to-turn.ts'
import { sphere } from '../capture/sphere.ts'

const side = 512
/** Wide, half as deep, away from the origin. */
const wide = sphere().positions.map((value, k) => value * [1, 1, 0.5][k % 3] + [3, -2, 10][k % 3])
/** A box is where a turn needs most room. */
const box = Float32Array.from(
  [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].flatMap((z) => [7 * x, 8 * y, 5 * z]))),
)

/** Pixels between the border and the vertex nearest to it. */
function leastMargin(positions: Float32Array, framed: Float32Array, yaw: number, pitch: number) {
  const screen = project(positions, turnedCamera({ positions: framed }, { yaw, pitch }, side, side))
  let least = Infinity
  for (let v = 0; v < screen.length; v += 4)
    least = Math.min(least, screen[v], screen[v + 1], side - screen[v], side - screen[v + 1])
  return least
}

const turns = [-90, -50, -35, 0, 20, 35, 50].flatMap((yaw) => [0, 15].map((pitch) => [yaw, pitch] as const))

describe('roomToTurn', () => {
  it.each([
    ['a wide head', wide],
    ['a box', box],
  ])('keeps %s 5%% of the picture away from its border, however it is turned', (_, positions) => {
    const framed = roomToTurn(positions)
    for (const [yaw, pitch] of turns)
      expect(leastMargin(positions, framed, yaw, pitch)).toBeGreaterThan(0.05 * side - 0.01)
    // The bounding box does not.
    expect(Math.min(...turns.map(([yaw, pitch]) => leastMargin(box, box, yaw, pitch)))).toBeLessThan(0)
  })

  it('wastes no room: what lies farthest from the middle comes to the margin', () => {
    const long = Float32Array.from([0, -8, 0, 0, 8, 0])
    expect(leastMargin(long, roomToTurn(long), 35, 0)).toBeCloseTo(0.05 * side, 3)
  })

  it('has its middle in that of the bounding box and one scale for every turn', () => {
    const framed = roomToTurn(wide)
    const sizes = [0, 1, 2].map((c) => framed[3 + c] - framed[c])
    expect([0, 1, 2].map((c) => (framed[3 + c] + framed[c]) / 2)).toEqual(
      [3, -2, 10].map((m) => expect.closeTo(m, 4)),
    )
    for (const size of sizes) expect(size).toBeCloseTo(16, 3)
    const scales = turns.map(([yaw, pitch]) =>
      Math.hypot(...turnedCamera({ positions: framed }, { yaw, pitch }, side, side).matrix.subarray(4, 7)),
    )
    for (const scale of scales) expect(scale).toBeCloseTo((0.9 * side) / 16, 3)
  })
})
