import type { ExpressionName } from '../../head/expressions/names.ts'

/** Expressions that people make as one, left and right at once; no two have a name in common. */
export const expressionGroups = {
  smile: ['mouthSmileLeft', 'mouthSmileRight'],
  frown: ['mouthFrownLeft', 'mouthFrownRight'],
  jawOpen: ['jawOpen'],
  pucker: ['mouthPucker'],
  blink: ['eyeBlinkLeft', 'eyeBlinkRight'],
  browsUp: ['browInnerUp', 'browOuterUpLeft', 'browOuterUpRight'],
  browsDown: ['browDownLeft', 'browDownRight'],
  cheekPuff: ['cheekPuff'],
} as const satisfies Record<string, readonly ExpressionName[]>
export type ExpressionGroup = keyof typeof expressionGroups
