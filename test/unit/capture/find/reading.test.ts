import { describe, expect, it } from 'vitest'
import { type Reading, whyNoPhoto } from '../../../../client/capture/find/reading.ts'
import { faceOutline } from '../../../../client/face/contours.ts'
import { randomArray } from '../../../support/random.ts'

const side = 100
const photoOf = (level: (i: number) => number) => ({
  ...{ width: side, height: side },
  data: Uint8ClampedArray.from({ length: 4 * side * side }, (_, i) => level(i)),
})
const grain = randomArray(4 * side * side, 1, -60, 60)
const skin = photoOf((i) => 150 + grain[i])
/** One colour with thin dark lines. */
const drawing = photoOf((i) => (Math.floor(i / 4) % 10 ? 150 : 20))

/** A face in the middle of the photo; its landmarks off the outline all lie at the nose. */
function reading(given: Partial<Reading> & { score?: number }): Reading {
  const points = new Float32Array(3 * 478).fill(50)
  faceOutline.forEach((vertex, k) => {
    const angle = (2 * Math.PI * k) / faceOutline.length
    points.set([50 + 40 * Math.cos(angle), 50 + 40 * Math.sin(angle), 0], 3 * vertex)
  })
  const { score = 0.95, ...rest } = given
  const face = { x: 10, y: 10, width: 80, height: 80, score, quarterTurns: 0 }
  return { points, logit: 20, face, shown: 1, flag: 20, ...rest }
}

describe('whyNoPhoto', () => {
  it('is null of a face', () => {
    expect(whyNoPhoto(skin, reading({}))).toBeNull()
  })

  it('asks for a flag of 8, of a face that the detector is sure of only for one that is not negative', () => {
    for (const [flag, score, reason] of [
      [8, 0.5, undefined],
      [7.9, 0.79, 'not-real'],
      [0.1, 0.8, undefined],
      [-0.1, 0.99, 'not-real'],
    ] as const)
      expect(whyNoPhoto(skin, reading({ flag, score }))?.details.reason).toBe(reason)
  })

  it('asks for 45% of a face', () => {
    expect(whyNoPhoto(skin, reading({ shown: 0.45 }))).toBeNull()
    const error = whyNoPhoto(skin, reading({ shown: 0.444 }))
    expect(error?.code).toBe('part-of-face')
    expect(error?.message).toMatch(/^Only part of a face is in the picture \(44% of it\)/)
  })

  it('takes no flat colour for a photo', () => {
    const error = whyNoPhoto(drawing, reading({}))
    expect(error).toMatchObject({ code: 'no-face', details: { reason: 'drawing' } })
    expect(error?.details.share).toBeCloseTo(0.9, 1)
    const percent = Math.round(100 * Number(error?.details.share))
    expect(error?.message).toContain(`(${percent}% of the face are one flat colour)`)
  })
})
