import { describe, expect, test } from 'vitest'
import { steadiness, straightness } from '../../../../client/head/hair/curl.ts'
import { random } from '../../../../client/image/random.ts'
import { drawnView, mask, oval } from '../drawn-view.ts'

const hair = mask((x, y) => oval(x, y, 6, 9, 8))
type Level = (x: number, y: number) => number
/** Of strands as bright as that. */
const viewOf = (level: Level) =>
  drawnView({
    colour: (x, y) => {
      const value = level(x, y)
      return [value, 0.8 * value, 0.6 * value]
    },
  })
const of = (level: Level, where = hair) => straightness(viewOf(level), where)
const stripes = (along: number) => 60 + 30 * Math.sin((2 * Math.PI * along) / 0.9)

describe('straightness', () => {
  test.each([
    ['down', (x: number) => stripes(x)],
    ['aslant', (x: number, y: number) => stripes(0.6 * x + 0.8 * y)],
    ['around the head', (x: number, y: number) => stripes(Math.hypot(x, y + 2))],
  ])('of strands that run %s', (_, level) => {
    expect(of(level)).toBeGreaterThan(0.95)
  })

  test('of noise that runs nowhere', () => {
    const { normal } = random(2)
    expect(of(() => 60 * Math.exp(0.3 * normal()))).toBeLessThan(0.3)
  })

  test('of curls, which run everywhere', () => {
    expect(of((x, y) => 60 + 30 * Math.sin(5 * x) * Math.sin(5 * y))).toBeLessThan(0.3)
  })

  test('does not depend on how bright the hair is', () => {
    const level = (x: number, y: number) => stripes(x) + 20 * Math.sin(4 * y)
    const [dark, bright] = [of((x, y) => 0.4 * level(x, y)), of((x, y) => 2 * level(x, y))]
    expect(dark).toBeGreaterThan(0.4)
    expect(Math.abs(dark! - bright!)).toBeLessThan(0.05)
  })

  test('is not told of little hair, nor of hair without any strand', () => {
    expect(
      of(
        (x) => stripes(x),
        mask((x, y) => oval(x, y, 6, 1.5, 1.5)),
      ),
    ).toBeNull()
    expect(of(() => 60)).toBeNull()
  })
})

describe('steadiness', () => {
  const steady = (level: Level, where = hair) => steadiness(viewOf(level), where)
  const { normal } = random(4)

  test('of straight hair is high, also where it is loose and noisy', () => {
    expect(steady(stripes)).toBeGreaterThan(0.95)
    const loose = (x: number) => stripes(x) * Math.exp(0.6 * normal())
    expect(of(loose)).toBeLessThan(0.7)
    expect(steady(loose)).toBeGreaterThan(0.8)
  })

  test('of hair whose direction changes slowly is high', () => {
    expect(steady((x, y) => stripes(Math.hypot(x + 14, y)))).toBeGreaterThan(0.8)
  })

  test('of waves is low: they run to and fro', () => {
    const waves = (x: number, y: number) => stripes(x + 0.6 * Math.sin((2 * Math.PI * y) / 2.6))
    expect(steady(waves)).toBeLessThan(0.6)
  })

  test('is not told of little hair, nor of hair without any strand', () => {
    expect(
      steady(
        stripes,
        mask((x, y) => oval(x, y, 6, 1.5, 1.5)),
      ),
    ).toBeNull()
    expect(steady(() => 60)).toBeNull()
  })
})
