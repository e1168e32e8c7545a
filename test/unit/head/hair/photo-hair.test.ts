import { describe, expect, test } from 'vitest'
import { poseCamera } from '../../../../client/capture/mesh/camera.ts'
import { hairBeside, hairColour } from '../../../../client/head/hair/photo-hair.ts'

const log = (level: number) => Math.log(level + 8)

describe('hairColour', () => {
  const size = 64
  const weight = new Float32Array(size * size).fill(1)
  const picture = (colour: (i: number) => number[]) =>
    Float32Array.from({ length: 3 * size * size }, (_, k) => colour(Math.floor(k / 3))[k % 3] / 255)
  const onScalp = (i: number) => i < (size * size) / 2
  const nothing = new Float32Array(size * size)

  test('is the middle of what is no skin on the scalp, below it nothing counts', () => {
    const sampled = picture((i) => (onScalp(i) ? [60, 40, 20] : [250, 0, 0]))
    const { middle, spread } = hairColour({ weight, sampled, size }, nothing, onScalp, log(150))!
    expect(middle.map((value) => Math.round(Math.exp(value) - 8))).toEqual([60, 40, 20])
    expect(spread).toBeCloseTo(0, 4)
  })

  test('is no highlight and no sky as long as there is something darker', () => {
    const sampled = picture((i) => (i % 3 ? [240, 245, 250] : [60, 40, 20]))
    const hair = hairColour({ weight, sampled, size }, nothing, onScalp, log(150))!
    expect(Math.round(Math.exp(hair.middle[0]) - 8)).toBe(60)
    const white = hairColour(
      { weight, sampled: picture(() => [240, 245, 250]), size },
      nothing,
      onScalp,
      log(150),
    )!
    expect(Math.round(Math.exp(white.middle[0]) - 8)).toBe(240)
  })

  test('is not told where the scalp is skin, or is not seen', () => {
    const sampled = picture(() => [60, 40, 20])
    expect(hairColour({ weight, sampled, size }, weight, onScalp, log(150))).toBeNull()
    expect(hairColour({ weight: nothing, sampled, size }, nothing, onScalp, log(150))).toBeNull()
  })
})

describe('hairBeside', () => {
  const side = 600
  const camera = poseCamera({
    rotation: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    scale: 20,
    translation: [side / 2, -side / 2],
  })
  const brown = { middle: [log(60), log(40), log(20)], spread: 0.5 } as const
  const face = { eyes: 3, side: 7.5 }
  const person = new Float32Array(side * side).fill(1)
  /** Brown on the image's left, grey on its right; rows from that height on are pink. */
  const photo = (end = side) => {
    const data = new Uint8ClampedArray(4 * side * side)
    for (let i = 0; i < side * side; i++) {
      const left = i % side < side / 2
      data.set(i / side > end ? [240, 150, 160, 255] : left ? [60, 40, 20, 255] : [128, 128, 128, 255], 4 * i)
    }
    return { width: side, height: side, data }
  }

  test('tells the two sides apart', () => {
    expect(hairBeside(photo(), person, camera, brown, face)).toEqual([1, 0])
  })

  test('counts rows: hair that ends half way fills half of them', () => {
    // Rows lie 3 to 11 cm below the eyes, which are 3 cm above the middle: 0 to 160 px below it.
    const [left] = hairBeside(photo(side / 2 + 80), person, camera, brown, face)
    expect(left).toBeGreaterThan(0.4)
    expect(left).toBeLessThan(0.6)
  })

  test('takes no background for hair, and says nothing of a side beyond the picture', () => {
    expect(hairBeside(photo(), new Float32Array(side * side), camera, brown, face)).toEqual([0, 0])
    const aside = poseCamera({
      rotation: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
      scale: 20,
      translation: [100, -side / 2],
    })
    expect(hairBeside(photo(), person, aside, brown, face)[0]).toBeNull()
  })
})
