import { Document, type Extension, type Material, TextureInfo, WebIO } from '@gltf-transform/core'
import { EXTTextureWebP, KHRMaterialsUnlit, KHRTextureBasisu } from '@gltf-transform/extensions'
import type { Mesh } from '../face/types.ts'

/** A texture in the mesh's UV layout: one file, under the name of its format. */
export type TextureFile = { png: Uint8Array } | { webp: Uint8Array } | { ktx2: Uint8Array }

/** A node of its own with one mesh of one primitive. */
export type TexturedMesh = TextureFile & {
  /** Name of node, mesh, material and texture. */
  name: string
  mesh: Mesh
  /** V x 3 or V x 4, linear, 0..1: what the texture, and its alpha, is multiplied by at each vertex (COLOR_0). Left out: nothing. */
  colours?: Float32Array
  /** What is more transparent than this is not shown (alphaMode MASK), 0..1. Left out: all is opaque. */
  alphaCutoff?: number
}

/**
 * Textured meshes as one binary glTF 2.0 file: metres, unlit, double-sided, the textures embedded.
 *
 * @param name of the scene
 * @param copyright `asset.copyright` of the file, where someone claims it
 * @throws RangeError where a mesh's arrays do not agree in length.
 */
export async function texturedMeshesGlb(
  name: string,
  parts: readonly TexturedMesh[],
  copyright?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const part of parts) checkLengths(part)
  const document = new Document()
  const asset = document.getRoot().getAsset()
  asset.generator = 'FaceRefiner'
  if (copyright) asset.copyright = copyright

  const buffer = document.createBuffer()
  const accessor = (
    type: 'VEC4' | 'VEC3' | 'VEC2' | 'SCALAR',
    array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
  ) => document.createAccessor().setType(type).setArray(array).setBuffer(buffer)
  const nodes = parts.map((part) => {
    const { name, mesh, colours } = part
    // 16-bit indices suffice for most face meshes and halve their size; 65535 is glTF's primitive restart value.
    const indices =
      mesh.positions.length / 3 < 65535 ? Uint16Array.from(mesh.triangles) : mesh.triangles.slice()
    const material = materialOf(document, part)
    const primitive = document
      .createPrimitive()
      .setAttribute('POSITION', accessor('VEC3', inMetres(mesh.positions)))
      .setAttribute('NORMAL', accessor('VEC3', unitNormals(mesh.normals)))
      .setAttribute('TEXCOORD_0', accessor('VEC2', mesh.uv.slice()))
      .setIndices(accessor('SCALAR', indices))
      .setMaterial(material)
    if (colours) {
      const type = colours.length === mesh.positions.length ? 'VEC3' : 'VEC4'
      primitive.setAttribute('COLOR_0', accessor(type, colours.slice()))
    }
    return document.createNode(name).setMesh(document.createMesh(name).addPrimitive(primitive))
  })
  const scene = document.createScene(name)
  for (const node of nodes) scene.addChild(node)
  document.getRoot().setDefaultScene(scene)
  return (await new WebIO()
    .registerExtensions([KHRMaterialsUnlit, EXTTextureWebP, KHRTextureBasisu])
    .writeBinary(document)) as Uint8Array<ArrayBuffer>
}

/** @throws RangeError where a mesh's arrays do not agree in length. */
export function checkLengths({ mesh, colours }: Pick<TexturedMesh, 'mesh' | 'colours'>): void {
  const vertices = mesh.positions.length / 3
  if (mesh.normals.length !== vertices * 3 || mesh.uv.length !== vertices * 2) {
    throw new RangeError(
      `A mesh needs a normal and a UV for each of its ${vertices} vertices; it has ${mesh.normals.length / 3} and ${mesh.uv.length / 2}.`,
    )
  }
  if (colours && colours.length !== vertices * 3 && colours.length !== vertices * 4) {
    throw new RangeError(
      `A mesh needs a colour for each of its ${vertices} vertices; it has ${colours.length} values.`,
    )
  }
}

function materialOf(document: Document, part: TexturedMesh): Material {
  const { name, alphaCutoff } = part
  const { mimeType, file, extension } = textureOf(part)
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
  if (alphaCutoff !== undefined) material.setAlphaMode('MASK').setAlphaCutoff(alphaCutoff)
  return material
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

/** From the head frame's centimetres. */
export const inMetres = (positions: Float32Array) => positions.map((centimetres) => centimetres / 100)

/** glTF takes no normal whose length is not 1: rescaled, and a vertex without a direction (in no triangle) faces the viewer. */
export function unitNormals(normals: Float32Array): Float32Array<ArrayBuffer> {
  const unit = new Float32Array(normals.length)
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2])
    if (length > 1e-12) for (let c = 0; c < 3; c++) unit[i + c] = normals[i + c] / length
    else unit[i + 2] = 1
  }
  return unit
}
