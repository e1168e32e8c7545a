export const presetNames = ['draft', 'standard'] as const
export type PresetName = (typeof presetNames)[number]
export const textureSizes = [256, 512, 1024] as const
export type TextureSize = (typeof textureSizes)[number]

/** The presets as a person chooses between them, each with the texture size that goes with it unless changed. */
export const presetSizes: Readonly<Record<PresetName, TextureSize>> = { draft: 256, standard: 512 }

/** What a run is asked for. */
export interface Choices {
  preset: PresetName
  size: TextureSize
  seed: number
}
