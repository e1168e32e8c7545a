import type { Buffer, Document, Node, Skin } from '@gltf-transform/core'
import type { Pivots } from '../head/expressions/movement.ts'

/** A head's bones, each hanging on the one before: `Body` stands still, `Neck` and `Head` turn. */
export interface Rig {
  body: Node
  neck: Node
  head: Node
  /** One for all meshes; its joints are the three in this order. */
  skin: Skin
}

/** The bones of a head at rest: none is turned, so that each bone's frame is the file's, moved to its pivot. */
export function createRig(document: Document, buffer: Buffer, pivots: Pivots): Rig {
  const neckAt = pivots.neck.map((centimetres) => centimetres / 100)
  const headAt = pivots.head.map((centimetres) => centimetres / 100)
  const body = document.createNode('Body')
  const neck = document.createNode('Neck').setTranslation(difference(neckAt, [0, 0, 0]))
  const head = document.createNode('Head').setTranslation(difference(headAt, neckAt))
  body.addChild(neck)
  neck.addChild(head)
  const inverse = Float32Array.from([[0, 0, 0], neckAt, headAt].flatMap(inverseTranslation))
  const skin = document
    .createSkin()
    .addJoint(body)
    .addJoint(neck)
    .addJoint(head)
    .setInverseBindMatrices(document.createAccessor().setType('MAT4').setArray(inverse).setBuffer(buffer))
  return { body, neck, head, skin }
}

/**
 * Which joints of the rig's skin a vertex goes with, and how far: a joint with no weight is named 0, as glTF asks.
 *
 * @param bones V x 2, 0..1: of `Neck` and `Head`
 * @returns V x 4 each; the weights are 255ths, which add up to 255
 */
export function skinWeights(bones: Float32Array): {
  joints: Uint8Array<ArrayBuffer>
  weights: Uint8Array<ArrayBuffer>
} {
  const vertices = bones.length / 2
  const joints = new Uint8Array(4 * vertices)
  const weights = new Uint8Array(4 * vertices)
  for (let v = 0; v < vertices; v++) {
    const head = Math.round(255 * bones[2 * v + 1])
    const neck = Math.min(Math.round(255 * bones[2 * v]), 255 - head)
    weights.set([255 - neck - head, neck, head], 4 * v)
    joints.set([0, neck > 0 ? 1 : 0, head > 0 ? 2 : 0], 4 * v)
  }
  return { joints, weights }
}

type Point = readonly number[]

const difference = (a: Point, b: Point): [number, number, number] => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]

/** 4 x 4, column-major. */
const inverseTranslation = ([x, y, z]: Point) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1]
