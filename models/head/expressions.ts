/** How expressions move the mean head: MakeHuman's expression units under ARKit's names, and what these lack. */
import { innerLips, meshLandmarks, outerLips } from '../../client/face/contours.ts'
import {
  boneSteps,
  type ExpressionModel,
  offsetSteps,
  positionStep,
  type StoredShape,
  stepUnit,
  storedShapes,
} from '../../client/head/expressions/expression-model.ts'
import { smoothstep } from '../../client/image/smoothstep.ts'
import { landmarksOn, readCorrespondence } from './correspondence.ts'
import { ethnicities, type Human } from './make-human.ts'

/** How much of which unit makes an expression; `*` stands for left and right. By eye, on renders. */
const units: Partial<Record<StoredShape, Record<string, number>>> = {
  browDown: { 'eyebrows-*-down': 1 },
  browInnerUp: { 'eyebrows-*-inner-up': 0.9, 'eyebrows-*-up': 0.45 },
  browOuterUp: { 'eyebrows-*-extern-up': 0.85, 'eyebrows-*-up': 0.6 },
  eyeBlink: { 'eye-*-closure': 1 },
  eyeSquint: { 'eye-*-slit': 1 },
  eyeWide: { 'eye-*-opened-up': 1 },
  jawOpen: { 'mouth-open': 0.8 },
  mouthDimple: { 'mouth-retraction': 0.6 },
  mouthFrown: { 'mouth-depression': 0.9 },
  mouthFunnel: { 'mouth-protusion': 0.75 },
  // Less what it does to the upper lip.
  mouthLowerDown: { 'mouth-depression-retraction': 0.6, 'mouth-elevation': -0.54 },
  mouthPress: { 'mouth-compression': 0.8, 'mouth-corner-puller': -0.36 },
  mouthPucker: { 'mouth-pursing': 0.8 },
  mouthShrugLower: { 'mouth-eversion': 0.8 },
  mouthSmile: { 'mouth-corner-puller': 0.95 },
  mouthStretch: { 'mouth-retraction': 0.5, 'neck-platysma': 0.6 },
  mouthUpperUp: { 'mouth-elevation': 0.8 },
  noseSneer: { 'nose-*-elevation': 1, 'mouth-elevation': 0.25 },
}

/** What no unit does: around landmarks, up to so far, by so much. Centimetres. By eye. */
interface Push {
  around: readonly number[]
  reach: number
  by: readonly [x: number, y: number, z: number]
}
const lowerLip = [...innerLips.slice(11), ...outerLips.slice(1, 10)]
const upperLip = [...innerLips.slice(1, 10), ...outerLips.slice(11)]
const pushes: Partial<Record<StoredShape, Push[]>> = {
  cheekPuff: [
    { around: [207, 187], reach: 3.2, by: [-0.5, 0, 0.3] },
    { around: [427, 411], reach: 3.2, by: [0.5, 0, 0.3] },
    { around: [164, 18], reach: 1.2, by: [0, 0, 0.15] },
  ],
  cheekSquint: [{ around: [50, 101, 280, 330], reach: 2, by: [0, 0.4, 0.12] }],
  mouthLeft: [{ around: [...upperLip, ...lowerLip], reach: 2.2, by: [0.7, 0, -0.1] }],
  mouthRight: [{ around: [...upperLip, ...lowerLip], reach: 2.2, by: [-0.7, 0, -0.1] }],
  mouthRollLower: [
    { around: innerLips.slice(12, 19), reach: 0.9, by: [0, 0.1, -0.35] },
    { around: [17, 84, 314, 181, 405], reach: 0.9, by: [0, 0.3, -0.15] },
  ],
  mouthRollUpper: [
    { around: innerLips.slice(2, 9), reach: 0.9, by: [0, -0.05, -0.35] },
    { around: [0, 37, 267, 39, 269], reach: 0.9, by: [0, -0.25, -0.15] },
  ],
  mouthShrugLower: [{ around: [18, 200], reach: 1.6, by: [0, 0.3, 0.12] }],
  mouthShrugUpper: [{ around: [...upperLip, ...innerLips.slice(12, 19)], reach: 1.1, by: [0, 0.3, 0.18] }],
}

/** Centimetres that the jaw is pushed. */
const jaw = { forward: 0.7, aside: 0.75 }
/** The expressions of the mean head. */
export interface ExpressionSource {
  human: Pick<Human, 'target' | 'skinWeight'>
  /** Which vertex of the base mesh each vertex of the rest is that is no rim's. */
  base: number[]
  /** 468 landmarks, then these vertices, in the frame of the canonical face: P x 3. */
  mean: Float32Array
  /** Takes n x 3 of the body's frame to that of the canonical face. */
  place: (points: ArrayLike<number>) => ArrayLike<number>
}

export function expressionsOf(source: ExpressionSource): ExpressionModel {
  const { human, base, mean, place } = source
  const correspondence = readCorrespondence()
  const origin = place([0, 0, 0])
  /** P x 3: a target's offsets of the points. */
  const offsetsOf = (target: Float64Array) => {
    const rest = base.flatMap((v) => [...target.subarray(3 * v, 3 * v + 3)])
    return Float64Array.from(
      place([...landmarksOn(target, correspondence), ...rest]),
      (value, i) => value - origin[i % 3],
    )
  }
  const known = new Map<string, Float64Array>()
  const unit = (name: string): Float64Array => {
    if (!known.has(name)) {
      const targets = ethnicities.map((of) => human.target(`expression/units/${of}/${name}`))
      known.set(
        name,
        offsetsOf(targets[0].map((_, i) => targets.reduce((sum, target) => sum + target[i] / 3, 0))),
      )
    }
    return known.get(name)!
  }
  const shapes = {} as Record<StoredShape, Float32Array>
  for (const { name } of storedShapes) {
    const shape = new Float32Array(mean.length)
    for (const [pattern, amount] of Object.entries(units[name] ?? {}))
      for (const side of pattern.includes('*') ? ['left', 'right'] : [''])
        unit(pattern.replace('*', side)).forEach((value, i) => {
          shape[i] += amount * value
        })
    for (const push of pushes[name] ?? []) addPush(shape, push, mean)
    shapes[name] = shape
  }
  // The jaw is what opening the mouth moves.
  const opened = pointLengths(shapes.jawOpen)
  const most = Math.max(...opened)
  opened.forEach((length, point) => {
    const share = smoothstep(0.05, 0.8, length / most)
    shapes.jawForward[3 * point + 2] = jaw.forward * share
    shapes.jawLeft[3 * point] = jaw.aside * share
    shapes.jawRight[3 * point] = -jaw.aside * share
  })
  return { shapes, ...bonesOf(source) }
}

function pointLengths(shape: Float32Array): Float64Array {
  return Float64Array.from({ length: shape.length / 3 }, (_, p) =>
    Math.hypot(...shape.subarray(3 * p, 3 * p + 3)),
  )
}

function addPush(shape: Float32Array, { around, reach, by }: Push, mean: Float32Array) {
  for (let point = 0; point < mean.length / 3; point++) {
    const share = 1 - smoothstep(0, reach, distanceTo(mean, point, around))
    for (let c = 0; c < 3; c++) shape[3 * point + c] += share * by[c]
  }
}

/** To the nearest of some points. */
function distanceTo(mean: Float32Array, point: number, others: readonly number[]): number {
  return Math.min(
    ...others.map((other) => Math.hypot(...[0, 1, 2].map((c) => mean[3 * point + c] - mean[3 * other + c]))),
  )
}

/** MakeHuman's bones but those of neck and head belong to the body, or, beyond the head's, to the head. */
const neckBones = ['neck01', 'neck02', 'neck03']

/** How the points of the rest hang on neck and head, and where these turn: amid the skin that hangs on both sides by half. */
function bonesOf({ human, base, mean }: ExpressionSource): Pick<ExpressionModel, 'bones' | 'pivots'> {
  const bones = new Float32Array(2 * base.length)
  base.forEach((v, i) => {
    const neck = human.skinWeight(v, (name) => neckBones.includes(name))
    bones[2 * i] = neck
    bones[2 * i + 1] = human.skinWeight(v, (name) => !neckBones.includes(name) && isOfHead(name))
  })
  const pivot = (of: (point: number) => number) => {
    const sum = new Float64Array(4)
    base.forEach((_, i) => {
      const share = of(i)
      const weight = (share * (1 - share)) ** 2
      for (let c = 0; c < 3; c++) sum[c] += weight * mean[3 * (meshLandmarks + i) + c]
      sum[3] += weight
    })
    // In the middle of a symmetric head.
    return Float32Array.from([0, sum[1] / sum[3], sum[2] / sum[3]])
  }
  return {
    bones,
    pivots: { neck: pivot((i) => bones[2 * i] + bones[2 * i + 1]), head: pivot((i) => bones[2 * i + 1]) },
  }
}

/** Of the bones that hang on the head's all but these move with it. */
const bodyBones =
  /^(root|spine|pelvis|clavicle|shoulder|upperarm|lowerarm|breast|upperleg|lowerleg|wrist|neck)/
const isOfHead = (name: string) => !bodyBones.test(name)

/**
 * The bytes that `readExpressionModel` reads.
 *
 * @throws Error where a number does not fit
 */
export function packExpressionModel({ shapes, bones, pivots }: ExpressionModel): Uint8Array {
  const points = shapes.jawOpen.length / 3
  const steps = storedShapes.map(({ name }) =>
    Math.ceil(
      shapes[name].reduce((most, value) => Math.max(most, Math.abs(value)), 0) / offsetSteps / stepUnit,
    ),
  )
  const places = [...pivots.neck, ...pivots.head].map((value) => Math.round(value / positionStep))
  if (steps.some((step) => step > 65_535) || places.some((value) => Math.abs(value) > 32_767))
    throw new Error('The expressions do not fit into their numbers.')
  const numbers = Uint16Array.from([points, ...steps, ...places])
  const offsets = storedShapes.flatMap(({ name }, k) =>
    [0, 1, 2].flatMap((c) =>
      Array.from({ length: points }, (_, p) =>
        steps[k] === 0 ? 0 : Math.round(shapes[name][3 * p + c] / steps[k] / stepUnit),
      ),
    ),
  )
  const weights = [0, 1].flatMap((bone) =>
    Array.from({ length: bones.length / 2 }, (_, i) => Math.round(boneSteps * bones[2 * i + bone])),
  )
  return Uint8Array.from([
    ...new Uint8Array(numbers.buffer),
    ...new Uint8Array(Int8Array.from(offsets).buffer),
    ...weights,
  ])
}
