import { describe, expect, test } from 'vitest'
import {
  duration,
  evidenceWords,
  fileSize,
  foundWords,
  gaze,
  percent,
  progressWords,
  timeLeft,
} from '../../../client/app/words.ts'
import type { CaptureQuality } from '../../../client/capture/types.ts'
import type { Progress } from '../../../client/refine/types.ts'

const quality: CaptureQuality = {
  faceLogit: 12,
  interOcular: 80,
  yaw: -12,
  pitch: 2,
  roll: 0,
  own: 0.62,
  mirrored: 0.35,
  none: 0.03,
}

const progress: Progress = {
  round: 0,
  rounds: 2,
  scale: 128,
  scaleIndex: 0,
  scales: 2,
  step: 11,
  steps: 40,
  fraction: 0.15,
  losses: {},
  secondsElapsed: 5,
  secondsLeft: 23,
}

describe('words', () => {
  test.each([
    [{ yaw: 3, pitch: 0 }, 'looking straight ahead'],
    [{ yaw: -12, pitch: 0 }, 'looking slightly left'],
    [{ yaw: 30, pitch: 0 }, 'turned to the right'],
    [{ yaw: 60, pitch: 0 }, 'turned far to the right'],
    [{ yaw: 0, pitch: 20 }, 'looking up'],
    [{ yaw: 10, pitch: -20 }, 'looking slightly right and down'],
  ])('gaze of %o', (angles, words) => {
    expect(gaze(angles)).toBe(words)
  })

  test('what was found', () => {
    expect(foundWords(1, quality)).toBe('One face, looking slightly left, 62% of the face visible.')
    expect(foundWords(3, quality)).toBe(
      'Three faces. The outlined one is looking slightly left, 62% of the face visible.',
    )
  })

  test('where the rest comes from, leaving out what is nothing', () => {
    expect(evidenceWords(quality)).toBe(
      '35% can be taken from the face’s other side; 3% is shown nowhere and will be made to match.',
    )
    expect(evidenceWords({ ...quality, none: 0 })).toBe('35% can be taken from the face’s other side.')
    expect(evidenceWords({ ...quality, mirrored: 0, none: 0 })).toBe('Nothing is hidden.')
  })

  test('a share is never rounded to none or all', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(['0%', 'under 1%', '50%', 'over 99%', '100%'])
  })

  test('progress', () => {
    expect(progressWords(progress)).toBe('Round 1 of 2, 128 px, step 12 of 40, about 25 seconds left')
    expect(progressWords({ ...progress, rounds: 1, secondsLeft: null })).toBe('128 px, step 12 of 40')
  })

  test('time and size', () => {
    expect([2, 61, 200].map(timeLeft)).toEqual([
      'a few seconds left',
      'about 65 seconds left',
      'about 4 minutes left',
    ])
    expect([1.24, 42.4, 75].map(duration)).toEqual(['1.2 s', '42 s', '1 min 15 s'])
    expect([20, 48_600, 1_240_000].map(fileSize)).toEqual(['1 KB', '49 KB', '1.2 MB'])
  })
})
