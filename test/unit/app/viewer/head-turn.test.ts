import { describe, expect, test } from 'vitest'
import { headTurn, rotation } from '../../../../client/app/viewer/head-turn.ts'

const none = { yaw: 0, pitch: 0, roll: 0 }
/** Where a rotation takes x, y and z: its columns. */
const taken = (by: number[]) => [0, 1, 2].map((c) => [by[c], by[3 + c], by[6 + c]])
const product = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3]
    return [0, 1, 2].reduce((sum, k) => sum + a[3 * row + k] * b[3 * k + column], 0)
  })

describe('a turn of the head', () => {
  test('to its left takes the nose to +x, up to +y, and its crown to its right shoulder', () => {
    const [, , left] = taken(rotation({ ...none, yaw: 0.3 }))
    expect(left).toEqual([expect.closeTo(Math.sin(0.3), 9), 0, expect.closeTo(Math.cos(0.3), 9)])
    const [, , up] = taken(rotation({ ...none, pitch: 0.3 }))
    expect(up).toEqual([0, expect.closeTo(Math.sin(0.3), 9), expect.closeTo(Math.cos(0.3), 9)])
    const [, crown] = taken(rotation({ ...none, roll: 0.3 }))
    expect(crown).toEqual([expect.closeTo(-Math.sin(0.3), 9), expect.closeTo(Math.cos(0.3), 9), 0])
  })

  test('rolls first and yaws last, and stretches nothing', () => {
    const all = rotation({ yaw: 0.5, pitch: -0.2, roll: 0.1 })
    const [yaw, pitch, roll] = [{ yaw: 0.5 }, { pitch: -0.2 }, { roll: 0.1 }].map((angle) =>
      rotation({ ...none, ...angle }),
    )
    const steps = product(yaw, product(pitch, roll))
    expect(all).toEqual(steps.map((value) => expect.closeTo(value, 9)))
    const transposed = all.map((_, i) => all[3 * (i % 3) + Math.floor(i / 3)])
    expect(product(all, transposed)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1].map((v) => expect.closeTo(v, 9)))
  })

  test('is shared by neck and head, which together make it', () => {
    const { neck, head } = headTurn({ ...none, yaw: 0.5 })
    expect(product(neck, head)).toEqual(rotation({ ...none, yaw: 0.5 }).map((v) => expect.closeTo(v, 9)))
    expect(neck[2]).toBeGreaterThan(0.1)
    expect(head[2]).toBeGreaterThan(neck[2])
  })
})
