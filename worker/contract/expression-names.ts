/** Expressions by the names that avatar programs know them by. Left and right are the person's own. */

/** Apple's ARKit names (`ARFaceAnchor.BlendShapeLocation`), all but `tongueOut`. */
export const expressionNames = [
  ...['browDownLeft', 'browDownRight', 'browInnerUp', 'browOuterUpLeft', 'browOuterUpRight'],
  ...['cheekPuff', 'cheekSquintLeft', 'cheekSquintRight', 'eyeBlinkLeft', 'eyeBlinkRight'],
  ...['eyeLookDownLeft', 'eyeLookDownRight', 'eyeLookInLeft', 'eyeLookInRight'],
  ...['eyeLookOutLeft', 'eyeLookOutRight', 'eyeLookUpLeft', 'eyeLookUpRight'],
  ...['eyeSquintLeft', 'eyeSquintRight', 'eyeWideLeft', 'eyeWideRight'],
  ...['jawForward', 'jawLeft', 'jawOpen', 'jawRight', 'mouthClose', 'mouthDimpleLeft', 'mouthDimpleRight'],
  ...['mouthFrownLeft', 'mouthFrownRight', 'mouthFunnel', 'mouthLeft', 'mouthLowerDownLeft'],
  ...['mouthLowerDownRight', 'mouthPressLeft', 'mouthPressRight', 'mouthPucker', 'mouthRight'],
  ...['mouthRollLower', 'mouthRollUpper', 'mouthShrugLower', 'mouthShrugUpper', 'mouthSmileLeft'],
  ...['mouthSmileRight', 'mouthStretchLeft', 'mouthStretchRight', 'mouthUpperUpLeft', 'mouthUpperUpRight'],
  ...['noseSneerLeft', 'noseSneerRight'],
] as const
export type ExpressionName = (typeof expressionNames)[number]

/** The mouth's shapes in speech: Oculus's fifteen, as TalkingHead and others name them. */
export const visemeNames = [
  ...[
    'viseme_sil',
    'viseme_PP',
    'viseme_FF',
    'viseme_TH',
    'viseme_DD',
    'viseme_kk',
    'viseme_CH',
    'viseme_SS',
  ],
  ...['viseme_nn', 'viseme_RR', 'viseme_aa', 'viseme_E', 'viseme_I', 'viseme_O', 'viseme_U'],
] as const
export type VisemeName = (typeof visemeNames)[number]
