import type { HairChoice } from '../head/complete-head.ts'
import type { RestExpression } from '../head/expressions/rest-expressions.ts'
import { presetSizes, type TextureSize, textureSizes } from '../run/choices.ts'

/** The presets that a person chooses between: `paper` needs a network that is not served by default. */
export const presetNames = ['draft', 'standard'] as const
export type PresetName = (typeof presetNames)[number]

/** How much of a head is shown. */
export const coverNames = ['head', 'face'] as const
export type CoverName = (typeof coverNames)[number]

/** What a whole head is made with. */
export interface HeadChoice {
  hair: HairChoice
  /** Shoulders under the neck? */
  bust: boolean
  /** The face at rest. */
  expression: RestExpression
}

/** What a run is asked for. */
export interface Choices {
  preset: PresetName
  size: TextureSize
  seed: number
}

/** The size that goes with a preset; finer is never coarser than what is there. @param there texels a side; 0: nothing is */
export function sizeWith(preset: PresetName, there: number): TextureSize {
  const least = Math.max(presetSizes[preset], there)
  return textureSizes.find((size) => size >= least) ?? textureSizes[textureSizes.length - 1]
}
