import { Document, type Extension, TextureInfo, WebIO } from '@gltf-transform/core'
import { EXTTextureWebP, KHRMaterialsUnlit, KHRTextureBasisu } from '@gltf-transform/extensions'
import type { Mesh } from '../face/types.ts'

/** What the texture is stored as. glTF itself knows PNG (and JPEG); the other two are extensions. */
export const textureFormats = ['png', 'webp', 'ktx2'] as const
export type TextureFormat = (typeof textureFormats)[number]

/** A texture in the mesh's UV layout: one file, under the name of its format. */
export type TextureFile = { png: Uint8Array } | { webp: Uint8Array } | { ktx2: Uint8Array }

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
export async function faceGlb(face: FaceGlb): Promise<Uint8Array<ArrayBuffer>> {
  const { mesh, name = 'face', copyright } = face
  const vertices = mesh.positions.length / 3
  if (mesh.normals.length !== vertices * 3 || mesh.uv.length !== vertices * 2) {
    throw new RangeError(
      `A mesh needs a normal and a UV for each of its ${vertices} vertices; it has ${mesh.normals.length / 3} and ${mesh.uv.length / 2}.`,
    )
  }
  const document = new Document()
  const asset = document.getRoot().getAsset()
  asset.generator = 'FaceRefiner'
  if (copyright) asset.copyright = copyright

  const buffer = document.createBuffer()
  const accessor = (
    type: 'VEC3' | 'VEC2' | 'SCALAR',
    array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  ) => document.createAccessor().setType(type).setArray(array).setBuffer(buffer)
  // 16-bit indices suffice for most face meshes and halve their size; 65535 is glTF's primitive restart value.
  const indices = vertices < 65535 ? Uint16Array.from(mesh.triangles) : mesh.triangles.slice()

  const { mimeType, file, extension } = textureOf(face)
  const texture = document.createTexture(name).setMimeType(mimeType).setImage(file.slice())
  if (extension) document.createExtension(extension).setRequired(true)
  const material = document
    .createMaterial(name)
    .setBaseColorTexture(texture)
    .setRoughnessFactor(0.6)
    .setMetallicFactor(0)
    .setDoubleSided(true)
    .setExtension('KHR_materials_unlit', document.createExtension(KHRMaterialsUnlit).createUnlit())
  // Charts may touch the border of the texture: filtering must not wrap around to the other side.
  material
    .getBaseColorTextureInfo()!
    .setWrapS(TextureInfo.WrapMode.CLAMP_TO_EDGE)
    .setWrapT(TextureInfo.WrapMode.CLAMP_TO_EDGE)
  const primitive = document
    .createPrimitive()
    .setAttribute(
      'POSITION',
      accessor(
        'VEC3',
        mesh.positions.map((centimetres) => centimetres / 100),
      ),
    )
    .setAttribute('NORMAL', accessor('VEC3', unitNormals(mesh.normals)))
    .setAttribute('TEXCOORD_0', accessor('VEC2', mesh.uv.slice()))
    .setIndices(accessor('SCALAR', indices))
    .setMaterial(material)
  const node = document.createNode(name).setMesh(document.createMesh(name).addPrimitive(primitive))
  const scene = document.createScene(name).addChild(node)
  document.getRoot().setDefaultScene(scene)
  return (await new WebIO()
    .registerExtensions([KHRMaterialsUnlit, EXTTextureWebP, KHRTextureBasisu])
    .writeBinary(document)) as Uint8Array<ArrayBuffer>
}

function textureOf(face: TextureFile): {
  mimeType: string
  file: Uint8Array
  extension: (new (document: Document) => Extension) | null
} {
  if ('webp' in face) return { mimeType: 'image/webp', file: face.webp, extension: EXTTextureWebP }
  if ('ktx2' in face) return { mimeType: 'image/ktx2', file: face.ktx2, extension: KHRTextureBasisu }
  return { mimeType: 'image/png', file: face.png, extension: null }
}

/** glTF takes no normal whose length is not 1: rescaled, and a vertex without a direction (in no triangle) faces the viewer. */
function unitNormals(normals: Float32Array): Float32Array<ArrayBuffer> {
  const unit = new Float32Array(normals.length)
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2])
    if (length > 1e-12) for (let c = 0; c < 3; c++) unit[i + c] = normals[i + c] / length
    else unit[i + 2] = 1
  }
  return unit
}
