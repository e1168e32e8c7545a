import { describe, expect, test } from 'vitest'
import { waved, wavedTexture, waviness } from '../../../../client/head/hair/waves.ts'
import { ball } from './ball.ts'

test.each([
  [0.9, 0],
  [0.74, 0],
  [0.63, 0.5],
  [0.52, 1],
  [0.2, 1],
  [null, 0],
])('hair of steadiness %s is wavy by %s', (steadiness, expected) => {
  expect(waviness(steadiness)).toBeCloseTo(expected, 6)
})

describe('waved', () => {
  const eyes = 2.5
  /** Hair all around the head's axis. */
  const hair = ball(14, 24, [0, -4, -2])
  /** How far each vertex of one height moved, and in which direction. */
  const moves = (amount: number, is: (drop: number) => boolean) => {
    const { positions } = waved(hair, amount, eyes)
    return [...hair.openness.keys()]
      .filter((v) => is(eyes - hair.positions[3 * v + 1]))
      .map((v) => [0, 1, 2].map((c) => positions[3 * v + c] - hair.positions[3 * v + c]))
  }

  test('leaves the roots, and begins below the eyes', () => {
    for (const move of moves(1, (drop) => drop < 1)) expect(move).toEqual([0, 0, 0])
    const far = (is: (drop: number) => boolean) =>
      Math.max(...moves(1, is).map((move) => Math.hypot(...move)))
    expect(far((drop) => drop > 1.5 && drop < 3)).toBeLessThan(far((drop) => drop > 6))
  })

  test('moves what falls to and fro, by half a centimetre', () => {
    // The lowest vertex lies on the axis.
    const fallen = moves(1, (drop) => drop > 6 && drop < 20)
    for (const [x, y, z] of fallen) {
      expect(y).toBe(0)
      expect(Math.hypot(x, z)).toBeLessThan(0.56)
      expect(Math.hypot(x, z)).toBeGreaterThan(0.7 * 0.54)
    }
    const mean = fallen.reduce((sum, [x]) => sum + x, 0) / fallen.length
    expect(Math.abs(mean)).toBeLessThan(0.1)
  })

  test('by as much as is asked for', () => {
    const [whole, half] = [1, 0.5].map((amount) => moves(amount, (drop) => drop > 6))
    for (const [i, [x]] of half.entries()) expect(x).toBeCloseTo(whole[i][0] / 2, 5)
    for (const move of moves(0, () => true)) expect(Math.hypot(...move)).toBe(0)
  })

  test('goes on behind the head', () => {
    const behind = (turn: number) => [10 * Math.sin(turn), eyes - 8, 10 * Math.cos(turn) - 2]
    const ends = [behind(Math.PI - 1e-4), behind(Math.PI + 1e-4)]
    const style = { ...hair, positions: Float32Array.from(ends.flat()), openness: new Float32Array(2) }
    const [a, b] = [0, 3].map((v) => [...waved(style, 1, eyes).positions.subarray(v, v + 3)])
    expect(Math.hypot(...a.map((value, c) => value - b[c]))).toBeLessThan(0.01)
  })

  test('repeats down a strand, and not beside it', () => {
    // Two strands, 3 cm apart on the way around the head; one wave is 3.1 cm long.
    const at = (turn: number, drop: number) => [10 * Math.sin(turn), eyes - drop, 10 * Math.cos(turn) - 2]
    const strands = [at(0, 8), at(0, 11.1), at(0, 9.55), at(-0.3, 8)]
    const style = { ...hair, positions: Float32Array.from(strands.flat()), openness: new Float32Array(4) }
    const { positions } = waved(style, 1, eyes)
    const [z, below, between, beside] = strands.map(
      (place, v) =>
        Math.hypot(positions[3 * v], positions[3 * v + 2] + 2) - Math.hypot(place[0], place[2] + 2),
    )
    expect(below).toBeCloseTo(z, 3)
    // Half a wave further it is on the other side, but for the way along the sheet.
    expect(between).toBeCloseTo(-z, 1)
    expect(Math.abs(beside - z)).toBeGreaterThan(0.1)
  })
})

describe('wavedTexture', () => {
  const size = 128
  const data = Uint8ClampedArray.from({ length: 4 * size * size }, (_, k) => {
    const x = (k >> 2) % size
    return k % 4 === 3 ? (x < 64 ? 255 : 0) : x
  })

  test('bends strands, but not their outline', () => {
    const bent = wavedTexture({ size, data }, 1).data
    let most = 0
    for (let i = 0; i < size * size; i++) {
      most = Math.max(most, Math.abs(bent[4 * i] - (i % size)))
      expect(bent[4 * i + 3]).toBe(data[4 * i + 3])
    }
    // By 1.4% of the width.
    expect(most).toBe(2)
    expect(wavedTexture({ size, data }, 0).data).toEqual(data)
  })
})
