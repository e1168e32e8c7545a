import type { Mesh } from '../../face/types.ts'
import type { HairTexture } from '../hair/hair-texture.ts'
import type { ExpressionName } from './names.ts'

/** Where an expression takes the vertices that it moves, at its full strength. */
export interface Morph {
  /** n vertices, ascending. */
  vertices: Uint32Array
  /** n x 3, centimetres, head frame */
  offsets: Float32Array
}

/** What moves the vertices of one mesh. */
export interface Movement {
  /** One for each expression there is, in the order of `expressionNames`; it may move nothing of this mesh. */
  morphs: Record<ExpressionName, Morph>
  /** V x 2, 0..1: how far each vertex goes with the bones `Neck` and `Head`; what is left to 1 stays with the body. */
  bones: Float32Array
}

/** Where the bones turn: centimetres, head frame. `Head` hangs on `Neck`. */
export interface Pivots {
  neck: readonly [x: number, y: number, z: number]
  head: readonly [x: number, y: number, z: number]
}

/** What lies behind the lips: teeth, tongue and the dark around them, opaque. */
export interface Mouth extends Movement {
  /** Centimetres, head frame. */
  mesh: Mesh
  /** A few colours from light to dark, in the photo's light: small. */
  texture: HairTexture
}

/** All that moves of a head. */
export interface HeadMovement {
  /** Of `Head.mesh`. */
  head: Movement
  /** Of `Head.hair.mesh`; null where there is none. */
  hair: Movement | null
  mouth: Mouth
  pivots: Pivots
}
