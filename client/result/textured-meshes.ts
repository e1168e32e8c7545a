import {
  type Buffer,
  Document,
  type Extension,
  Logger,
  type Material,
  type Primitive,
  TextureInfo,
  WebIO,
} from '@gltf-transform/core'
import { EXTTextureWebP, KHRMaterialsUnlit, KHRTextureBasisu } from '@gltf-transform/extensions'
import type { Mesh } from '../face/types.ts'
import type { Movement, Pivots } from '../head/expressions/movement.ts'
import { addAnimation, type HeadAnimation } from './head-animation.ts'
import { morphTarget, targetNames } from './morph-targets.ts'
import { createRig, skinWeights } from './rig.ts'

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
  /** How it moves, where the meshes have a rig. */
  movement?: Movement
}

/** What makes meshes move. */
export interface MovingMeshes {
  pivots: Pivots
  /** Left out: none is in the file. */
  animation?: HeadAnimation
}

/**
 * Textured meshes as one binary glTF 2.0 file: metres, unlit, double-sided, the textures embedded.
 *
 * Meshes that move have the same morph targets by the same names (`targetNames`), as sparse accessors, and are skinned to
 * one rig: nodes `Body`, `Neck` and `Head`. Their own nodes stand beside it, since a skinned mesh goes with its joints alone.
 *
 * @param name of the scene
 * @param options.copyright `asset.copyright` of the file, where someone claims it
 * @param options.moving where the meshes have a movement, each of them
 * @throws RangeError where a mesh's arrays do not agree in length.
 */
export async function texturedMeshesGlb(
  name: string,
  parts: readonly TexturedMesh[],
  { copyright, moving }: { copyright?: string; moving?: MovingMeshes } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  for (const part of parts) checkLengths(part)
  const document = new Document()
  const asset = document.getRoot().getAsset()
  asset.generator = 'FaceRefiner'
  if (copyright) asset.copyright = copyright

  const buffer = document.createBuffer()
  const scene = document.createScene(name)
  document.getRoot().setDefaultScene(scene)
  const nodes = parts.map((part) => {
    const primitive = primitiveOf(document, buffer, part)
    if (part.movement) addMovement(document, buffer, primitive, part.movement)
    return document.createNode(part.name).setMesh(document.createMesh(part.name).addPrimitive(primitive))
  })
  for (const node of nodes) scene.addChild(node)
  if (moving) {
    const rig = createRig(document, buffer, moving.pivots)
    scene.addChild(rig.body)
    for (const node of nodes) node.setSkin(rig.skin)
    if (moving.animation) addAnimation(document, buffer, moving.animation, nodes, rig)
  }
  return (await new WebIO()
    .registerExtensions([KHRMaterialsUnlit, EXTTextureWebP, KHRTextureBasisu])
    // It would say that a target which moves most of a small mesh were better not sparse: that saves no space worth a second layout.
    .setLogger(new Logger(Logger.Verbosity.ERROR))
    .writeBinary(document)) as Uint8Array<ArrayBuffer>
}

function primitiveOf(document: Document, buffer: Buffer, part: TexturedMesh): Primitive {
  const { mesh, colours } = part
  const accessor = accessorsIn(document, buffer)
  // 16-bit indices suffice for most face meshes and halve their size; 65535 is glTF's primitive restart value.
  const indices =
    mesh.positions.length / 3 < 65535 ? Uint16Array.from(mesh.triangles) : mesh.triangles.slice()
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', inMetres(mesh.positions)))
    .setAttribute('NORMAL', accessor('VEC3', unitNormals(mesh.normals)))
    .setAttribute('TEXCOORD_0', accessor('VEC2', mesh.uv.slice()))
    .setIndices(accessor('SCALAR', indices))
    .setMaterial(materialOf(document, part))
  if (colours) {
    const type = colours.length === mesh.positions.length ? 'VEC3' : 'VEC4'
    primitive.setAttribute('COLOR_0', accessor(type, colours.slice()))
  }
  return primitive
}

/** Morph targets and joints. What does not move this mesh shares one accessor, which is of zeros and has no data. */
function addMovement(document: Document, buffer: Buffer, primitive: Primitive, movement: Movement): void {
  const accessor = accessorsIn(document, buffer)
  const vertices = primitive.getAttribute('POSITION')!.getCount()
  if (movement.bones.length !== 2 * vertices) {
    throw new RangeError(
      `A mesh needs two bone weights for each of its ${vertices} vertices; it has ${movement.bones.length} values.`,
    )
  }
  const { joints, weights } = skinWeights(movement.bones)
  primitive
    .setAttribute('JOINTS_0', accessor('VEC4', joints))
    .setAttribute('WEIGHTS_0', accessor('VEC4', weights).setNormalized(true))
  const sparse = (offsets: Float32Array<ArrayBuffer>) => accessor('VEC3', offsets).setSparse(true)
  // There always is one: the viseme of silence moves nothing.
  const still = sparse(new Float32Array(3 * vertices))
  for (const name of targetNames) {
    const offsets = morphTarget(movement, name, vertices)
    const position = offsets ? sparse(offsets) : still
    primitive.addTarget(document.createPrimitiveTarget(name).setAttribute('POSITION', position))
  }
}

const accessorsIn =
  (document: Document, buffer: Buffer) =>
  (
    type: 'VEC4' | 'VEC3' | 'VEC2' | 'SCALAR',
    array:
      | Float32Array<ArrayBuffer>
      | Uint8Array<ArrayBuffer>
      | Uint16Array<ArrayBuffer>
      | Uint32Array<ArrayBuffer>,
  ) =>
    document.createAccessor().setType(type).setArray(array).setBuffer(buffer)

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
