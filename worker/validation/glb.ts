import { Buffer } from 'node:buffer'
import { limits } from '../limits.ts'
import { checkAnimation } from './glb-animation.ts'
import { checkCoverage } from './glb-coverage.ts'
import { checkBounds, elements, type Glb, readGlb, refused, typeWidths, viewBytes } from './glb-file.ts'
import { componentTypes, faceScene, headScene } from './glb-scene.ts'
import { checkSkin } from './glb-skin.ts'
import { checkTargets } from './glb-targets.ts'
import { checkPng } from './png.ts'

/**
 * Checks a binary glTF: one textured face as the client exports it, whose every access lies within the file, whose numbers
 * are finite and what a face has, whose indices name vertices, whose texture is the result's own, to the byte, and that holds
 * nothing else.
 *
 * @throws ValidationError
 */
export function checkFaceGlb(bytes: Uint8Array, texture: Uint8Array): void {
  const part = 'face.glb'
  const glb = readGlb(part, bytes, () => faceScene)
  checkMeshes(glb)
  const image = imageOf(glb, 0)
  if (!Buffer.from(image.buffer, image.byteOffset, image.length).equals(texture)) {
    throw refused(part, 'glb-texture', `The texture in ${part} is not texture.png.`)
  }
  checkCoverage(glb)
}

/**
 * The same for a whole head: its mesh with a texture twice as wide as high, and where it has hair that mesh with one whose
 * alpha cuts the strands out; where it moves what lies behind its lips, its morph targets, its bones and its animation.
 *
 * @returns the PNG of its skin
 * @throws ValidationError
 */
export function checkHeadGlb(bytes: Uint8Array): Uint8Array {
  const part = 'head.glb'
  const glb = readGlb(part, bytes, headScene)
  checkMeshes(glb)
  if (glb.scene.skins) {
    checkTargets(glb)
    checkSkin(glb)
    checkAnimation(glb)
  }
  const { minPixels, maxPixels, hair, teeth } = limits.parts[part]
  const skinRules = {
    channels: 3,
    aspect: 2,
    minSize: minPixels,
    maxSize: maxPixels,
    multiple: minPixels,
  } as const
  const skin = imageOf(glb, 0)
  checkPng(part, skin, skinRules)
  for (const [i, { name }] of glb.scene.nodes.entries()) {
    if (name === 'hair') checkPng(part, imageOf(glb, i), { channels: 4, ...sizes(hair) })
    if (name === 'teeth') checkPng(part, imageOf(glb, i), { channels: 3, ...sizes(teeth) })
  }
  checkCoverage(glb)
  return skin
}

const sizes = ({ minPixels, maxPixels }: { minPixels: number; maxPixels: number }) => ({
  ...{ minSize: minPixels, maxSize: maxPixels, multiple: minPixels },
})

/** What the vertices have in floats, and between what. */
interface FloatAttribute {
  type: 'VEC2' | 'VEC3' | 'VEC4'
  least: number
  most: number
}

const attributeTypes: Record<string, FloatAttribute | undefined> = {
  /** Metres: a head in a large room. */
  POSITION: { type: 'VEC3', least: -10, most: 10 },
  NORMAL: { type: 'VEC3', least: -1.01, most: 1.01 },
  TEXCOORD_0: { type: 'VEC2', least: -0.1, most: 1.1 },
  /** Colours have an opacity. */
  COLOR_0: { type: 'VEC4', least: 0, most: 4 },
}

function checkMeshes(glb: Glb): void {
  const { part, scene } = glb
  const { maxVertices } = limits.parts[part]
  const counts = scene.meshes.map(
    ({ primitives: [{ attributes }] }) => scene.accessors[attributes.POSITION]?.count ?? 0,
  )
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (counts.some((count) => count < 3) || all > maxVertices) {
    throw refused(part, 'glb-vertices', `${part} has ${all} vertices; 3 to ${maxVertices} are taken.`)
  }
  for (const [i, { primitives }] of scene.meshes.entries()) {
    const [{ attributes, indices }] = primitives
    for (const [name, accessor] of Object.entries(attributes) as [string, number][]) {
      const attribute = attributeTypes[name]
      if (attribute) checkFloats(glb, accessor, attribute, counts[i])
    }
    checkIndices(glb, indices, counts[i])
  }
}

/** The file of the i-th texture. */
function imageOf(glb: Glb, i: number): Uint8Array {
  return viewBytes(glb, glb.scene.images[i].bufferView)
}

function checkFloats(glb: Glb, which: number, { type, least, most }: FloatAttribute, vertices: number): void {
  const { part } = glb
  const width = typeWidths[type]
  const { accessor, stride, from, view } = elements(glb, which, 4 * width, 4)
  if (
    accessor.type !== type ||
    accessor.componentType !== componentTypes.float ||
    accessor.count !== vertices
  ) {
    throw refused(part, 'glb-accessor', `${part} must give each vertex a ${type} of floats.`)
  }
  const min = new Array<number>(width).fill(Number.POSITIVE_INFINITY)
  const max = new Array<number>(width).fill(Number.NEGATIVE_INFINITY)
  for (let v = 0; v < vertices; v++) {
    for (let c = 0; c < width; c++) {
      const value = view.getFloat32(from + v * stride + 4 * c, true)
      if (!Number.isFinite(value))
        throw refused(part, 'glb-numbers', `${part} holds a number that is not finite.`)
      if (value < min[c]) min[c] = value
      if (value > max[c]) max[c] = value
    }
  }
  if (Math.min(...min) < least || Math.max(...max) > most) {
    const message = `${part} holds numbers beyond ${least} to ${most}, where none of its kind may be.`
    throw refused(part, 'glb-range', message)
  }
  checkBounds(glb, accessor, min, max)
}

function checkIndices(glb: Glb, which: number, vertices: number): void {
  const { part, scene } = glb
  const componentType = scene.accessors[which]?.componentType
  if (componentType === componentTypes.float || componentType === componentTypes.byte) {
    throw refused(part, 'glb-accessor', `The triangles of ${part} must be whole numbers.`)
  }
  const width = componentType === componentTypes.short ? 2 : 4
  const { accessor, stride, from, view } = elements(glb, which, width, width)
  const { count, type } = accessor
  // A closed surface has about twice as many triangles as vertices; six indices a vertex, and some more at seams.
  const most = 12 * limits.parts[part].maxVertices
  if (
    type !== 'SCALAR' ||
    accessor.min ||
    accessor.max ||
    stride !== width ||
    count % 3 !== 0 ||
    count > most
  ) {
    throw refused(
      part,
      'glb-accessor',
      `The triangles of ${part} must be whole numbers, three each, at most ${most}.`,
    )
  }
  for (let i = 0; i < count; i++) {
    const at = from + i * width
    if ((width === 2 ? view.getUint16(at, true) : view.getUint32(at, true)) < vertices) continue
    throw refused(part, 'glb-indices', `A triangle of ${part} names a vertex that is not there.`)
  }
}
