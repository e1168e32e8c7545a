import { beforeAll, describe, expect, test } from 'vitest'
import { rotationOf } from '../../../../client/app/puppet/head-angles.ts'
import { landmarkShapes, solvedExpressions } from '../../../../client/app/puppet/landmark-shapes.ts'
import { type Tracked, Tracker } from '../../../../client/app/puppet/tracker.ts'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { brows, eyes, meshLandmarks } from '../../../../client/face/contours.ts'
import { expressed } from '../../../../client/head/expressions/expressed.ts'
import type { Movement } from '../../../../client/head/expressions/movement.ts'
import type { ExpressionName, ExpressionWeights } from '../../../../client/head/expressions/names.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { correlation } from '../../../support/correlation.ts'
import { simpleMovement } from '../../../support/movement.ts'
import { randomArray } from '../../../support/random.ts'

// Landmarks as a network would see them of a face whose expressions and turns are known, with its noise.

let canonical: CanonicalFace
let movement: Movement
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
  movement = drawnMovement(canonical)
})

const rate = 15
/** Seconds at rest, in which the neutral is learned. */
const rest = 1.5
const frames = 90
/** Pixels: of a face that is 180 px wide. */
const [pixelsPerCm, noise] = [12, 0.5]

const wave = (i: number, period: number, shift = 0) =>
  Math.max(0, Math.sin((2 * Math.PI * i) / period + shift)) ** 2
const angle = (i: number, period: number, most: number) => most * Math.sin((2 * Math.PI * i) / period)

/** What the actor does in frame i after the rest. */
const acted = (i: number) => ({
  weights: {
    eyeBlinkLeft: wave(i, 20),
    eyeBlinkRight: wave(i, 20),
    jawOpen: wave(i, 30, 1),
    mouthSmileLeft: wave(i, 45, 2),
    mouthSmileRight: wave(i, 45, 2),
    browInnerUp: wave(i, 36, 4),
  } satisfies ExpressionWeights,
  angles: { yaw: angle(i, 60, 25), pitch: angle(i, 45, 12), roll: angle(i, 80, 10) },
})

function landmarksOf(weights: ExpressionWeights, angles: Parameters<typeof rotationOf>[0], seed: number) {
  const moved = expressed(Float32Array.from(canonical.pos), movement, weights)
  const r = rotationOf(angles)
  const jitter = randomArray(3 * 478, seed, -noise, noise)
  const points = new Float32Array(3 * 478)
  const place = (i: number, x: number, y: number, z: number) => {
    const [px, py, pz] = [0, 1, 2].map((a) => r[3 * a] * x + r[3 * a + 1] * y + r[3 * a + 2] * z)
    points[3 * i] = 320 + pixelsPerCm * px + jitter[3 * i]
    points[3 * i + 1] = 240 - pixelsPerCm * py + jitter[3 * i + 1]
    points[3 * i + 2] = -pixelsPerCm * pz + 3 * jitter[3 * i + 2]
  }
  for (let i = 0; i < meshLandmarks; i++) place(i, moved[3 * i], moved[3 * i + 1], moved[3 * i + 2])
  for (const [eye, contour] of eyes.entries())
    for (let k = 0; k < 5; k++) {
      const middle = [0, 1, 2].map((axis) =>
        contour.reduce((sum, v) => sum + canonical.pos[3 * v + axis] / contour.length, 0),
      )
      place(meshLandmarks + 5 * eye + k, middle[0], middle[1], middle[2])
    }
  return points
}

/** A film of the actor, who rests as this person does. */
function track(neutral = { yaw: 0, pitch: 0, roll: 0 }) {
  const tracker = new Tracker(landmarkShapes(movement.morphs), canonical)
  let frame = 0
  const see = (weights: ExpressionWeights, angles = neutral) =>
    tracker.next(landmarksOf(weights, angles, frame), frame++ / rate)
  const learning = Array.from({ length: rest * rate }, () => see({}))
  const tracked = Array.from({ length: frames }, (_, i) => {
    const { weights, angles } = acted(i)
    return see(weights, angles)
  })
  return { tracker, learning, tracked }
}

const faces = (tracked: Tracked[]) => tracked.map((each) => (each.sees === 'face' ? each : null)!)

describe('a face whose expressions are known', () => {
  let learning: Tracked[]
  let tracked: Extract<Tracked, { sees: 'face' }>[]
  beforeAll(() => {
    const film = track()
    learning = film.learning
    tracked = faces(film.tracked)
  })

  test('the first second is taken for its neutral', () => {
    expect(learning[0]).toEqual({ sees: 'neutral', share: 0 })
    expect(learning.at(-1)!.sees).toBe('face')
    expect(tracked.every((each) => each?.sees === 'face')).toBe(true)
  })

  test.each(Object.keys(acted(0).weights) as ExpressionName[])('%s is recovered', (name) => {
    const truth = Array.from(
      { length: frames },
      (_, i) => acted(i).weights[name as keyof ReturnType<typeof acted>['weights']],
    )
    const found = tracked.map(({ weights }) => weights[name]!)
    expect(correlation(truth, found)).toBeGreaterThan(0.9)
  })

  test.each(['yaw', 'pitch', 'roll'] as const)('%s is within 3 degrees', (name) => {
    const errors = tracked.map(({ angles }, i) => Math.abs(angles[name] - acted(i).angles[name]))
    expect(Math.max(...errors)).toBeLessThan(3)
  })

  test('what is not acted stays small', () => {
    const quiet = solvedExpressions.filter((name) => !(name in acted(0).weights) && !/Squint|Wide/.test(name))
    const strongest = quiet.map((name) => Math.max(...tracked.map(({ weights }) => weights[name]!)))
    expect(Math.max(...strongest)).toBeLessThan(0.5)
  })
})

test('who does not look straight ahead at rest is turned beside that', () => {
  const { learning } = track({ yaw: 12, pitch: 8, roll: -5 })
  const [last] = faces(learning.slice(-1))
  for (const value of Object.values(last.angles)) expect(Math.abs(value)).toBeLessThan(1.5)
})

test('nobody is nobody, and the neutral is learned anew where it is asked for', () => {
  const { tracker } = track()
  expect(tracker.next(null, 20)).toEqual({ sees: 'nobody' })
  expect(tracker.next(landmarksOf({}, { yaw: 0, pitch: 0, roll: 0 }, 1), 20.1).sees).toBe('face')
  tracker.relearn()
  expect(tracker.next(landmarksOf({}, { yaw: 0, pitch: 0, roll: 0 }, 1), 20.2).sees).toBe('neutral')
})

test('a frame takes less than four milliseconds', () => {
  const { tracker } = track()
  const landmarks = landmarksOf(acted(5).weights, acted(5).angles, 7)
  const times = Array.from({ length: 40 }, (_, i) => {
    const start = performance.now()
    tracker.next(landmarks, 30 + i / rate)
    return performance.now() - start
  })
  expect(times.sort((a, b) => a - b)[20]).toBeLessThan(4)
})

/** Expressions of the canonical face, drawn by hand: lids that close, a jaw that opens, corners that rise, brows. */
function drawnMovement({ pos }: CanonicalFace): Movement {
  const { morphs, bones } = simpleMovement(meshLandmarks)
  const nothing = { vertices: new Uint32Array(), offsets: new Float32Array() }
  for (const name of Object.keys(morphs) as ExpressionName[]) morphs[name] = nothing
  const draw = (name: ExpressionName, offset: (v: number, x: number, y: number) => number[] | null) => {
    const moved = Array.from({ length: meshLandmarks }, (_, v) => v).flatMap((v) => {
      const by = offset(v, pos[3 * v], pos[3 * v + 1])
      return by ? [{ v, by }] : []
    })
    morphs[name] = {
      vertices: Uint32Array.from(moved, ({ v }) => v),
      offsets: Float32Array.from(moved.flatMap(({ by }) => by)),
    }
  }
  const near = (x: number, y: number, [cx, cy]: number[], reach: number) =>
    Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / reach ** 2)
  const at = (v: number) => [pos[3 * v], pos[3 * v + 1]]
  for (const [eye, side] of [
    [0, 'Right'],
    [1, 'Left'],
  ] as const) {
    const contour: readonly number[] = eyes[eye]
    draw(`eyeBlink${side}`, (v) => {
      const i = contour.indexOf(v)
      // The second half of the contour is the upper lid, seen from the inner corner.
      return i > 8 ? [0, pos[3 * contour[16 - i] + 1] - pos[3 * v + 1], 0] : null
    })
    const sign = eye === 0 ? -1 : 1
    draw(`mouthSmile${side}`, (_, x, y) => {
      const share = near(x, y, at(eye === 0 ? 61 : 291), 2)
      return share > 0.02 ? [sign * 0.8 * share, 0.9 * share, -0.2 * share] : null
    })
    draw(`noseSneer${side}`, (_, x, y) => {
      const share = near(x, y, [sign * 1.5, 0], 1)
      return share > 0.02 ? [0, 0.5 * share, 0] : null
    })
  }
  draw('browInnerUp', (v, x) =>
    (brows.flat() as number[]).includes(v) && Math.abs(x) < 4 ? [0, 0.8, 0] : null,
  )
  draw('jawOpen', (_, x, y) => (y < -3.3 ? [0, -2.5 * Math.exp(-((x / 6) ** 2)), -0.5] : null))
  return { morphs, bones }
}
