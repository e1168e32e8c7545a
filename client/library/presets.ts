import { type Preset, type PresetName, presets } from '../refine/schedule.ts'

/** Sides that a texture can be refined at, texels. */
export const textureSizes = [256, 512, 1024] as const
export type TextureSize = (typeof textureSizes)[number]

/** The texture size that goes with each preset. The first preset is the default. */
export const presetSizes: Readonly<Record<PresetName, TextureSize>> = {
  standard: 512,
  draft: 256,
  paper: 512,
}

/** @throws RangeError listing the presets there are */
export function presetNamed(name: string): Preset {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName]
  throw new RangeError(`Unknown preset "${name}"; choose ${Object.keys(presetSizes).join(', ')}.`)
}

/** @throws RangeError listing the sizes there are */
export function requireTextureSize(size: number): number {
  if ((textureSizes as readonly number[]).includes(size)) return size
  throw new RangeError(`A face cannot be laid out at ${size} px; choose ${textureSizes.join(', ')}.`)
}
