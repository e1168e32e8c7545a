import type { ExpressionName, VisemeName } from '../../../worker/contract/expression-names.ts'

export {
  type ExpressionName,
  expressionNames,
  type VisemeName,
  visemeNames,
} from '../../../worker/contract/expression-names.ts'

/** How strong each expression is, 0..1; what is left out is 0. */
export type ExpressionWeights = Partial<Record<ExpressionName, number>>

/** The mouth's shapes in speech, made of expressions. By eye. */
export const visemes = {
  viseme_sil: {},
  viseme_PP: { mouthPressLeft: 0.6, mouthPressRight: 0.6, mouthRollLower: 0.3, mouthRollUpper: 0.3 },
  viseme_FF: { mouthRollLower: 0.6, mouthUpperUpLeft: 0.3, mouthUpperUpRight: 0.3, jawOpen: 0.05 },
  viseme_TH: { jawOpen: 0.18, mouthLowerDownLeft: 0.25, mouthLowerDownRight: 0.25 },
  viseme_DD: {
    jawOpen: 0.14,
    mouthUpperUpLeft: 0.2,
    mouthUpperUpRight: 0.2,
    mouthLowerDownLeft: 0.2,
    mouthLowerDownRight: 0.2,
  },
  viseme_kk: { jawOpen: 0.2, mouthStretchLeft: 0.15, mouthStretchRight: 0.15 },
  viseme_CH: { jawOpen: 0.08, mouthFunnel: 0.45, mouthShrugUpper: 0.2 },
  viseme_SS: {
    jawOpen: 0.05,
    mouthStretchLeft: 0.35,
    mouthStretchRight: 0.35,
    mouthLowerDownLeft: 0.25,
    mouthLowerDownRight: 0.25,
  },
  viseme_nn: { jawOpen: 0.12, mouthStretchLeft: 0.15, mouthStretchRight: 0.15 },
  viseme_RR: { jawOpen: 0.12, mouthFunnel: 0.3 },
  viseme_aa: { jawOpen: 0.55 },
  viseme_E: { jawOpen: 0.25, mouthStretchLeft: 0.4, mouthStretchRight: 0.4 },
  viseme_I: {
    jawOpen: 0.15,
    mouthSmileLeft: 0.35,
    mouthSmileRight: 0.35,
    mouthStretchLeft: 0.2,
    mouthStretchRight: 0.2,
  },
  viseme_O: { jawOpen: 0.35, mouthFunnel: 0.6 },
  viseme_U: { jawOpen: 0.12, mouthPucker: 0.75 },
} as const satisfies Record<VisemeName, ExpressionWeights>
