import { describe, expect, test } from 'vitest'
import { gazeAt, idlePose } from '../../../../client/app/viewer/idle.ts'
import { type ExpressionName, expressionNames } from '../../../../client/head/expressions/names.ts'

const ahead = { azimuth: 0, elevation: 0 }
const seeds = [1, 2, 77]

/** When blinks begin within some minutes, and how long each takes: seconds. */
function blinksOf(seed: number, minutes: number) {
  const step = 0.005
  const blinks: { start: number; takes: number; closed: number }[] = []
  let isOpen = true
  for (let i = 0; i < (minutes * 60) / step; i++) {
    const { eyeBlinkLeft: closed = 0 } = idlePose(i * step, seed, ahead).weights
    if (closed > 0 && isOpen) blinks.push({ start: i * step, takes: 0, closed: 0 })
    const last = blinks.at(-1)
    if (closed > 0)
      Object.assign(last!, { takes: last!.takes + step, closed: Math.max(last!.closed, closed) })
    isOpen = closed === 0
  }
  return blinks
}

describe('a head that is left alone', () => {
  test.each(seeds)(
    'blinks quickly and wholly, every 2 to 6 seconds, now and then twice (seed %i)',
    (seed) => {
      const blinks = blinksOf(seed, 10)
      const gaps = blinks.slice(1).map(({ start }, i) => start - blinks[i].start)
      const doubles = gaps.filter((gap) => gap < 1)
      expect(doubles.length).toBeGreaterThan(5)
      expect(doubles.length).toBeLessThan(60)
      const singles = blinks.filter((_, i) => i === 0 || gaps[i - 1] >= 1)
      const apart = singles.slice(1).map(({ start }, i) => start - singles[i].start)
      expect(Math.min(...apart)).toBeGreaterThanOrEqual(1.99)
      expect(Math.max(...apart)).toBeLessThanOrEqual(6.01)
      expect(singles.length).toBeGreaterThanOrEqual(149)
      for (const { takes, closed } of blinks) {
        expect(takes).toBeGreaterThan(0.12)
        expect(takes).toBeLessThan(0.2)
        expect(closed).toBeGreaterThan(0.95)
      }
    },
  )

  test('does the same at the same time, and another head something else', () => {
    expect(idlePose(12.3, 1, ahead)).toEqual(idlePose(12.3, 1, ahead))
    expect(idlePose(12.3, 1, ahead)).not.toEqual(idlePose(12.3, 2, ahead))
  })

  test('moves smoothly and little: weights from 0 to 1, the head by two degrees', () => {
    const gaze = { azimuth: 0.6, elevation: -0.3 }
    for (const looked of [ahead, gaze])
      for (let seconds = 0; seconds < 60; seconds += 0.1) {
        const { weights, turn } = idlePose(seconds, 5, looked)
        for (const [name, weight] of Object.entries(weights)) {
          expect(expressionNames).toContain(name as ExpressionName)
          expect(weight).toBeGreaterThanOrEqual(0)
          expect(weight).toBeLessThanOrEqual(1)
        }
        if (looked !== ahead) continue
        for (const rotation of [turn!.neck, turn!.head])
          for (let i = 0; i < 3; i++)
            expect(Math.acos(Math.min(1, rotation[4 * i])) * (180 / Math.PI)).toBeLessThan(2)
      }
  })

  test('turns a third of the way to where it is looked at from, its eyes further', () => {
    const side = { azimuth: 0.5, elevation: 0.2 }
    const { turn, weights } = idlePose(3, 5, side)
    // Where its nose points, by the neck's turn alone.
    const [x, y] = [turn!.neck[2], turn!.neck[5]]
    expect(x).toBeGreaterThan(0.02)
    expect(x).toBeLessThan(0.1)
    expect(y).toBeGreaterThan(0)
    expect(weights.eyeLookOutLeft).toBeGreaterThan(0.1)
    expect(weights.eyeLookInRight).toBe(weights.eyeLookOutLeft)
    expect(weights.eyeLookOutRight).toBe(0)
    expect(weights.eyeLookUpLeft).toBeGreaterThan(0)
  })
})

describe('where it looks', () => {
  test('at the viewer, however often around, as far as one looks aside', () => {
    const near = gazeAt({ azimuth: 0.3 + 4 * Math.PI, elevation: 0.1 })
    expect(near.azimuth).toBeCloseTo(0.3, 9)
    expect(near.elevation).toBeCloseTo(0.1, 9)
    expect(gazeAt({ azimuth: -1.1, elevation: -0.9 })).toEqual({ azimuth: -0.6, elevation: -0.3 })
  })

  test('straight ahead, where the viewer stands behind', () => {
    for (const azimuth of [2, Math.PI, -2.5]) {
      expect(Math.abs(gazeAt({ azimuth, elevation: 0.4 }).azimuth)).toBe(0)
      expect(Math.abs(gazeAt({ azimuth, elevation: 0.4 }).elevation)).toBe(0)
    }
  })
})
