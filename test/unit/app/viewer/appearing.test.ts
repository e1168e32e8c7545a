import { describe, expect, test } from 'vitest'
import { Appearing, fadeSeconds } from '../../../../client/app/viewer/appearing.ts'

const texture = (level: number, size = 1) => ({
  size,
  data: new Uint8ClampedArray(4 * size * size).fill(level),
})
const coming = { texture: texture(1), coming: new Uint8Array(1) }
const come = { texture: texture(2) }

/** Steps of a smooth machine. */
function pass(appearing: Appearing, seconds: number, isComing: boolean, moves = true): boolean {
  let changed = false
  for (let s = 0; s < seconds; s += 0.02) changed = appearing.step(0.02, isComing, moves) || changed
  return changed
}

describe('the glow', () => {
  test('comes by and by, breathes between two strengths, and goes by and by', () => {
    const appearing = new Appearing()
    expect(appearing.glow).toBe(0)
    appearing.step(0.02, true, true)
    expect(appearing.glow).toBeLessThan(0.1)
    pass(appearing, fadeSeconds, true)
    const levels = Array.from({ length: 200 }, () => {
      appearing.step(0.02, true, true)
      return appearing.glow
    })
    expect(Math.min(...levels)).toBeGreaterThan(0.2)
    expect(Math.max(...levels)).toBeLessThan(0.7)
    expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(0.3)
    appearing.step(0.02, false, true)
    expect(appearing.glow).toBeGreaterThan(0.15)
    pass(appearing, fadeSeconds, false)
    expect(appearing.glow).toBe(0)
  })

  test('stands still and comes at once where nothing may move', () => {
    const appearing = new Appearing()
    expect(appearing.step(0.02, true, false)).toBe(true)
    const { glow } = appearing
    expect(glow).toBeGreaterThan(0.3)
    expect(pass(appearing, 5, true, false)).toBe(false)
    expect(appearing.glow).toBe(glow)
    appearing.step(0.02, false, false)
    expect(appearing.glow).toBe(0)
  })
})

describe('what has been made', () => {
  test('fades in over what was there', () => {
    const appearing = new Appearing()
    appearing.change(coming, come)
    expect(appearing.fading).toEqual({ texture: coming.texture, share: 1 })
    pass(appearing, fadeSeconds / 2, false)
    expect(appearing.fading!.share).toBeGreaterThan(0.3)
    expect(appearing.fading!.share).toBeLessThan(0.7)
    pass(appearing, fadeSeconds / 2 + 0.04, false)
    expect(appearing.fading).toBeNull()
    expect(pass(appearing, 1, false)).toBe(false)
  })

  test('is seen to fade on a slow machine and after a rest, too', () => {
    const appearing = new Appearing()
    appearing.change(coming, come)
    appearing.step(60, false, true)
    expect(appearing.fading!.share).toBeGreaterThan(0.5)
  })

  test('is there at once where nothing may move', () => {
    const appearing = new Appearing()
    appearing.change(coming, come)
    appearing.step(0.02, false, false)
    expect(appearing.fading).toBeNull()
  })

  test.each([
    ['what was not being made', { texture: coming.texture }, come],
    ['other hair meanwhile', coming, { ...coming, texture: texture(2) }],
    ['what was stopped', coming, { texture: coming.texture }],
    ['where it comes from', coming, { texture: texture(2), evidence: new Uint8Array(1) }],
    ['a texture of another size', coming, { texture: texture(2, 2) }],
    ['an empty stage', coming, null],
  ])('does not fade: %s', (_, from, to) => {
    const appearing = new Appearing()
    appearing.change(from, to)
    expect(appearing.fading).toBeNull()
  })
})
