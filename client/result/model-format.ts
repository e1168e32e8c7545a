import type { TextureFormat } from './glb.ts'

/** Kinds of 3D files: glTF binary; zipped USD, for AR on iPhones; OBJ, MTL and PNG in a zip, for programs that read no other. */
export const fileFormats = ['glb', 'usdz', 'obj'] as const
export type FileFormat = (typeof fileFormats)[number]

/** Which 3D file: a GLB whose texture is a `png`, `webp` or `ktx2`, or one of the others, whose textures are PNGs. */
export type ModelFormat = TextureFormat | Exclude<FileFormat, 'glb'>
