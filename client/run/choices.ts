/** What a run can be asked for. Loads nothing of the method: pages show these choices first. */

import type { HairChoice } from '../head/complete-head.ts'
import { type RestExpression, restExpressions } from '../head/expressions/rest-expressions.ts'
import { hairStyles } from '../head/hair/hair-style.ts'
import type { PresetName } from '../refine/schedule.ts'

export type { PresetName }

/** Sides that a texture can be refined at, texels. */
export const textureSizes = [256, 512, 1024] as const
export type TextureSize = (typeof textureSizes)[number]

/** The texture size that goes with each preset. The first preset is the default. */
export const presetSizes: Readonly<Record<PresetName, TextureSize>> = {
  standard: 512,
  instant: 512,
  draft: 256,
  paper: 512,
}

/** A face this many pixels wide, and wider, is worth a texture of that side: fewer texels would lose what the photo shows. */
const worth: readonly (readonly [width: number, size: TextureSize])[] = [
  [300, 1024],
  [130, 512],
]

/** The texture size that goes with a face. @param width of its box, photo pixels */
export function sizeOfFace({ width }: { width: number }): TextureSize {
  return worth.find(([least]) => width >= least)?.[1] ?? 256
}

/** The first preset is what a run takes where nothing else is asked for. */
export const presetNames = Object.keys(presetSizes) as PresetName[]

/** What is made: the whole head unless the photo shows too little of it, the whole head, or the face alone. */
export const coverChoices = ['auto', 'head', 'face'] as const
export type CoverChoice = (typeof coverChoices)[number]

export const hairChoices: readonly HairChoice[] = ['auto', 'photo', 'none', ...hairStyles]

/** The same seed gives the same texture on the same provider. */
export const defaultSeed = 0

/** @throws RangeError listing the presets there are */
export function requirePresetName(name: string): PresetName {
  if ((presetNames as string[]).includes(name)) return name as PresetName
  throw new RangeError(`Unknown preset "${name}"; choose ${presetNames.join(', ')}.`)
}

/** @throws RangeError listing what there is */
export function requireHairChoice(hair: string): HairChoice {
  if ((hairChoices as readonly string[]).includes(hair)) return hair as HairChoice
  throw new RangeError(`Unknown hair "${hair}"; choose ${hairChoices.join(', ')}.`)
}

/** @throws RangeError listing what there is */
export function requireRestExpression(expression: string): RestExpression {
  if ((restExpressions as readonly string[]).includes(expression)) return expression as RestExpression
  throw new RangeError(`Unknown expression at rest "${expression}"; choose ${restExpressions.join(', ')}.`)
}

/** @throws RangeError listing the sizes there are */
export function requireTextureSize(size: number): TextureSize {
  if ((textureSizes as readonly number[]).includes(size)) return size as TextureSize
  throw new RangeError(`A face cannot be laid out at ${size} px; choose ${textureSizes.join(', ')}.`)
}
