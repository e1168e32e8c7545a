import { anglesOf, poseOf, similarity, upright } from '../../capture/locate/pose.ts'
import type { CanonicalFace } from '../../capture/mesh/canonical.ts'
import { meshLandmarks } from '../../face/contours.ts'
import type { ExpressionName, ExpressionWeights } from '../../head/expressions/names.ts'
import { ExpressionFit } from './expression-fit.ts'
import { blinks, gaze, lookWeights, openings } from './eyes.ts'
import { type HeadAngles, rotationOf } from './head-angles.ts'
import { landmarkTrust, solvedCosts, solvedExpressions } from './landmark-shapes.ts'
import { type Neutral, NeutralLearning } from './neutral.ts'
import { OneEuro, type OneEuroOptions } from './one-euro.ts'

/** What a frame tells. Angles are those beside the neutral; left and right are the person's own. */
export type Tracked =
  | { sees: 'nobody' }
  /** A face at rest is being learned; `share` 0..1 of it is. */
  | { sees: 'neutral'; share: number }
  | { sees: 'face'; weights: ExpressionWeights; angles: HeadAngles }

/**
 * The network's landmarks go about two thirds of the way that a face goes: film of rendered expressions at full strength was found
 * with 0.4 to 0.7 of it.
 */
const gain = 1.7
/** What one expression makes another seem to do, of its strength: an open jaw lifts the corners of the mouth. */
const seeming = 0.1
/** Radians that a head turns away until the network's own errors there have to be exceeded twice. */
const doubtful = 0.35
/** A blink of a fifth of a second keeps nine tenths of its strength; what trembles is halved. */
const weightFilter: OneEuroOptions = { minCutoff: 2, beta: 5 }
/** Degrees: a turn by twenty in half a second is 15 ms late. */
const angleFilter: OneEuroOptions = { minCutoff: 2, beta: 0.3 }

/**
 * Landmarks of a face, frame by frame, as expressions and turns of a head. The first second of a still face is taken for its
 * neutral; nothing else is known of the person, who may be anybody.
 */
export class Tracker {
  readonly #canonical: Pick<CanonicalFace, 'pos' | 'basis'>
  readonly #shapes: Float32Array
  readonly #filters = new Map<string, OneEuro>()
  #learning = new NeutralLearning()
  #known: Known | null = null

  /** @param shapes n x 468 x 3: see `landmarkShapes` */
  constructor(shapes: Float32Array, canonical: Pick<CanonicalFace, 'pos' | 'basis'>) {
    this.#shapes = shapes
    this.#canonical = canonical
  }

  /** Learns the neutral anew. */
  relearn() {
    this.#learning = new NeutralLearning()
    this.#known = null
    this.#filters.clear()
  }

  /**
   * @param landmarks 478 x 3: px, py (down), pz (smaller = nearer), pixels; null: there is no face
   * @param seconds when the frame was taken
   */
  next(landmarks: Float32Array | null, seconds: number): Tracked {
    if (!landmarks) return { sees: 'nobody' }
    if (!this.#known) {
      const pose = poseOf(landmarks, this.#canonical)
      const shape = unposed(landmarks, { ...pose, translation: [...pose.translation, 0] })
      const neutral = this.#learning.add({ shape, ...anglesOf(pose.rotation), seconds })
      if (neutral) this.#known = knownOf(neutral, this.#shapes, this.#canonical.basis)
      return { sees: 'neutral', share: this.#learning.share }
    }
    const { weights, angles } = measure(landmarks, this.#known)
    const smooth = (name: string, value: number, options: OneEuroOptions) => {
      const filter = this.#filters.get(name) ?? new OneEuro(options)
      this.#filters.set(name, filter)
      return filter.next(value, seconds)
    }
    for (const name of Object.keys(weights) as ExpressionName[])
      weights[name] = smooth(name, weights[name]!, weightFilter)
    for (const name of ['yaw', 'pitch', 'roll'] as const)
      angles[name] = smooth(name, angles[name], angleFilter)
    return { sees: 'face', weights, angles }
  }
}

/** What is worked out once of a person's neutral. */
interface Known {
  neutral: Neutral
  /** n landmarks that the pose is taken from, and how much each counts. */
  basis: CanonicalFace['basis']
  /** 3 x 3: of the head at rest. */
  rest: Float64Array
  fit: ExpressionFit
  openings: [number, number]
  gaze: { x: number; y: number }
}

function knownOf(neutral: Neutral, shapes: Float32Array, basis: CanonicalFace['basis']): Known {
  return {
    neutral,
    basis,
    rest: rotationOf(neutral),
    fit: new ExpressionFit(
      neutral.shape.subarray(0, 3 * meshLandmarks),
      shapes,
      landmarkTrust(),
      solvedCosts,
    ),
    openings: openings(neutral.shape),
    gaze: gaze(neutral.shape),
  }
}

/** Of one frame, not smoothed. */
function measure(landmarks: Float32Array, { neutral, basis, rest, fit, ...eyesAtRest }: Known) {
  const pose = similarity(
    basis.flatMap(([i]) => [...neutral.shape.subarray(3 * i, 3 * i + 3)]),
    basis.flatMap(([i]) => upright(landmarks, i)),
    basis.map(([, weight]) => weight),
  )
  const points = unposed(landmarks, pose)
  const viewer = pose.rotation.subarray(6)
  const away = Math.acos(
    Math.min(
      1,
      viewer.reduce((sum, value, axis) => sum + value * rest[6 + axis], 0),
    ),
  )
  const caution = 1 + (away / doubtful) ** 2
  const { weights: solved, turn } = fit.solve(points.subarray(0, 3 * meshLandmarks), viewer, caution)
  const weights: ExpressionWeights = {}
  for (const [k, name] of solvedExpressions.entries())
    weights[name] = Math.max(0, Math.min(1, gain * (solved[k] - seeming)))
  // A lid that falls moves few landmarks by little: its distance from the other one tells it better than all others together.
  const [right, left] = blinks(openings(points), eyesAtRest.openings, caution)
  weights.eyeBlinkRight = Math.max(weights.eyeBlinkRight!, right)
  weights.eyeBlinkLeft = Math.max(weights.eyeBlinkLeft!, left)
  // Behind a lid the network only guesses the iris.
  const open = 1 - Math.max(right, left)
  const { x, y } = gaze(points)
  Object.assign(weights, lookWeights(open * (x - eyesAtRest.gaze.x), open * (y - eyesAtRest.gaze.y)))
  return { weights, angles: anglesOf(turnBeside(rest, turned(pose.rotation, turn))) }
}

/** Landmarks taken out of a pose. @returns as many as there are, x 3, centimetres, head frame */
function unposed(
  landmarks: Float32Array,
  { rotation: r, scale, translation: t }: { rotation: Float64Array; scale: number; translation: number[] },
): Float32Array {
  const shape = new Float32Array(landmarks.length)
  for (let i = 0; i < landmarks.length / 3; i++) {
    const [x, y, z] = upright(landmarks, i).map((value, axis) => (value - t[axis]) / scale)
    for (let a = 0; a < 3; a++) shape[3 * i + a] = r[a] * x + r[3 + a] * y + r[6 + a] * z
  }
  return shape
}

/** A rotation, and before it a small one about x, y and z (radians). */
function turned(rotation: Float64Array, [x, y, z]: Float64Array): Float64Array {
  const degrees = 180 / Math.PI
  return product(rotation, rotationOf({ yaw: y * degrees, pitch: -x * degrees, roll: -z * degrees }))
}

/** The turn of a head against itself at rest: `rest' now`. */
function turnBeside(rest: Float64Array, now: Float64Array): Float64Array {
  const transposed = rest.map((_, i) => rest[3 * (i % 3) + Math.floor(i / 3)])
  return product(transposed, now)
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((_, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3]
    return a[3 * row] * b[column] + a[3 * row + 1] * b[3 + column] + a[3 * row + 2] * b[6 + column]
  })
}
