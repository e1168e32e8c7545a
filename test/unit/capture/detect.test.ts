import { describe, expect, it } from 'vitest'
import { keepMostCertain, wholePhoto } from '../../../client/capture/detect.ts'

const box = (x: number, score: number, width = 10) => ({ x, y: 0, width, height: width, score })

describe('non-maximum suppression', () => {
  it('keeps the most certain of boxes on one face, most certain first', () => {
    const kept = keepMostCertain([box(0, 0.6), box(1, 0.9), box(2, 0.7), box(50, 0.95), box(51, 0.5)])
    expect(kept.map(({ x }) => x)).toEqual([50, 1])
  })

  it('keeps faces that only touch', () => {
    expect(keepMostCertain([box(0, 0.9), box(6, 0.8)]).length).toBe(2)
    expect(keepMostCertain([]).length).toBe(0)
  })
})

describe('wholePhoto', () => {
  it('is the square around the photo', () => {
    const photo = { width: 300, height: 200, data: new Uint8ClampedArray(0) }
    expect(wholePhoto(photo, 1)).toEqual({ x: 150, y: 100, side: 300, angle: Math.PI / 2 })
  })
})
