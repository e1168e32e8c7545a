import type { Mesh } from '../face/types.ts'
import { type TextureFile, texturedMeshesGlb } from './textured-meshes.ts'

/** What the texture is stored as. glTF itself knows PNG (and JPEG); the other two are extensions. */
export const textureFormats = ['png', 'webp', 'ktx2'] as const
export type TextureFormat = (typeof textureFormats)[number]

export type FaceGlb = TextureFile & {
  mesh: Mesh
  /** Name of the node and mesh in scene trees. Default: `face`. */
  name?: string
  /** `asset.copyright` of the file, where someone claims it. */
  copyright?: string
}

/**
 * The textured face as binary glTF 2.0: one node, one mesh, one primitive, the texture embedded.
 *
 * Positions are in metres as glTF asks (the mesh is in centimetres); axes already agree (+Y up, +Z forward), and so
 * does the UV origin (top-left). The texture carries the light of the photo, so the material is KHR_materials_unlit:
 * a viewer that lit it again would shade it twice. Viewers without the extension fall back to the same material as
 * rough, non-metallic skin. The face is an open surface, which one may look into from behind: double-sided, since most
 * viewers would show nothing there, or a hole.
 *
 * A PNG opens everywhere. WebP (EXT_texture_webp) and KTX2 (KHR_texture_basisu) are marked as required, since a second
 * copy for readers without them would be larger than the PNG alone: three.js, `<model-viewer>` and Babylon.js read both,
 * Blender reads WebP from 4.0 on.
 *
 * @throws RangeError where the mesh's arrays do not agree in length.
 */
export function faceGlb(face: FaceGlb): Promise<Uint8Array<ArrayBuffer>> {
  const { name = 'face', copyright, ...part } = face
  return texturedMeshesGlb(name, [{ name, ...part }], { copyright })
}
