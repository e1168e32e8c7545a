import { describe, expect, test } from 'vitest'
import { between, fitInto, windowAround } from '../../../../client/app/photo/window.ts'
import { face } from '../journey/fakes.ts'

const photo = { width: 1000, height: 800 }
const at = (x: number, y: number, side = 100) => ({ ...face, x, y, width: side, height: side })

describe('the window onto a photo', () => {
  test('shows all of it where there is no face', () => {
    expect(windowAround(photo, [], 1)).toEqual({ x: 0, y: 0, ...photo })
  })

  test('holds every face, with the margin of the largest around them', () => {
    const { x, y, width, height } = windowAround(photo, [at(300, 300), at(500, 320, 50)], 1)
    expect([x, width, height]).toEqual([200, 450, 300])
    expect(y).toBeCloseTo(190)
  })

  test('stays within the photo', () => {
    expect(windowAround(photo, [at(0, 0)], 1)).toMatchObject({ x: 0, y: 0 })
    const { x, y, width, height } = windowAround(photo, [at(900, 700)], 1)
    expect([x + width, y + height]).toEqual([1000, 800])
    expect(windowAround(photo, [at(100, 100, 600)], 1)).toEqual({ x: 0, y: 0, ...photo })
  })
})

test('a window moves from one to the other', () => {
  const [a, b] = [windowAround(photo, [], 1), windowAround(photo, [at(400, 300)], 0.5)]
  expect(between(a, b, 0)).toEqual(a)
  expect(between(a, b, 1)).toEqual(b)
  expect(between(a, b, 0.5).width).toBe((a.width + b.width) / 2)
})

test('a board shows the window whole and in its middle', () => {
  const { scale, left, top } = fitInto(
    { width: 200, height: 200 },
    { x: 100, y: 50, width: 400, height: 200 },
  )
  expect(scale).toBe(0.5)
  expect([100 * scale + left, 500 * scale + left]).toEqual([0, 200])
  expect([50 * scale + top, 250 * scale + top]).toEqual([50, 150])
})
