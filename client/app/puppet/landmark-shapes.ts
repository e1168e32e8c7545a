/** What this head's expressions do to the landmarks, and which of them landmarks can tell. */
import { brows, eyes, faceOutline, innerLips, meshLandmarks, outerLips } from '../../face/contours.ts'
import type { Movement } from '../../head/expressions/movement.ts'
import type { ExpressionName } from '../../head/expressions/names.ts'
import type { Cost } from './expression-fit.ts'

/** What faces do all the time, and what is believed only where that does not explain what is seen. By eye. */
const costs = { plain: { ridge: 0.6, threshold: 0.4 }, subtle: { ridge: 12, threshold: 3 } } satisfies Record<
  string,
  Cost
>

/**
 * What is solved for. Left out is what the landmarks show too little of: a puffed cheek and a jaw that is pushed forward are
 * depth, which the network guesses; pressed and rolled lips have no landmark on what disappears; dimples, shrugs, a closed
 * mouth over an open jaw and squinting cheeks are sums of others here. Where the eyes look is told by the irises (eyes.ts).
 */
const solved = {
  ...{ browDownLeft: 'plain', browDownRight: 'plain', browInnerUp: 'plain' },
  ...{ browOuterUpLeft: 'plain', browOuterUpRight: 'plain', eyeBlinkLeft: 'plain', eyeBlinkRight: 'plain' },
  ...{ jawOpen: 'plain', mouthFrownLeft: 'plain', mouthFrownRight: 'plain', mouthPucker: 'plain' },
  ...{ mouthSmileLeft: 'plain', mouthSmileRight: 'plain' },
  ...{ eyeSquintLeft: 'subtle', eyeSquintRight: 'subtle', eyeWideLeft: 'subtle', eyeWideRight: 'subtle' },
  ...{ jawLeft: 'subtle', jawRight: 'subtle', mouthFunnel: 'subtle', mouthLeft: 'subtle' },
  ...{ mouthLowerDownLeft: 'subtle', mouthLowerDownRight: 'subtle', mouthRight: 'subtle' },
  ...{ mouthStretchLeft: 'subtle', mouthStretchRight: 'subtle', mouthUpperUpLeft: 'subtle' },
  ...{ mouthUpperUpRight: 'subtle', noseSneerLeft: 'subtle', noseSneerRight: 'subtle' },
} as const satisfies Partial<Record<ExpressionName, keyof typeof costs>>

export const solvedExpressions = Object.keys(solved) as (keyof typeof solved)[]
/** Of each of them. */
export const solvedCosts: Cost[] = solvedExpressions.map((name) => costs[solved[name]])

/** Centimetres that a corner of the mouth goes. A head whose photo smiles has little of it left; whoever drives it has all. */
const smile = 1.1

/**
 * The landmarks are the first vertices of the head's mesh, so its own shapes say where each expression takes them.
 *
 * @param morphs of the head's mesh
 * @returns n x 468 x 3, centimetres, head frame, in the order of `solvedExpressions`
 */
export function landmarkShapes(morphs: Movement['morphs']): Float32Array {
  const stride = 3 * meshLandmarks
  const shapes = new Float32Array(solvedExpressions.length * stride)
  for (const [k, name] of solvedExpressions.entries()) {
    const { vertices, offsets } = morphs[name]
    const whole = name === 'mouthSmileLeft' || name === 'mouthSmileRight' ? enlarging(offsets, smile) : 1
    for (let i = 0; i < vertices.length && vertices[i] < meshLandmarks; i++)
      for (let c = 0; c < 3; c++) shapes[k * stride + 3 * vertices[i] + c] = whole * offsets[3 * i + c]
  }
  return shapes
}

/** What makes the longest of some offsets as long as that, where none is. */
function enlarging(offsets: Float32Array, least: number): number {
  let longest = 0
  for (let i = 0; i < offsets.length; i += 3)
    longest = Math.max(longest, Math.hypot(offsets[i], offsets[i + 1], offsets[i + 2]))
  return longest > 0 ? Math.max(1, least / longest) : 1
}

/** 468: how far each landmark is believed. The network draws lids, lips and brows on lines that it sees, and guesses the outline. */
export function landmarkTrust(): Float32Array {
  const trust = new Float32Array(meshLandmarks).fill(1)
  for (const i of faceOutline) trust[i] = 0.3
  for (const i of brows.flat()) trust[i] = 3
  for (const i of [...outerLips, ...innerLips]) trust[i] = 3
  for (const i of eyes.flat()) trust[i] = 4
  return trust
}
