import type { Mesh, Primitive, Root, Skin } from '@gltf-transform/core'
import type { HeadMovement, Morph, Movement, Pivots } from '../../head/expressions/movement.ts'
import { type ExpressionName, expressionNames } from '../../head/expressions/names.ts'
import { isWithin, readTexturedMesh } from './read-textured-mesh.ts'

/**
 * How the head of a GLB moves, where it does: the inverse of what `headGlb` writes, but for offsets too short to be written
 * and bone weights, which are 255ths there.
 *
 * @returns null: it does not
 * @throws Error where it lacks its mouth, or moves as nothing could be drawn
 */
export async function readMovement(root: Root): Promise<HeadMovement | null> {
  const [skin] = root.listSkins()
  if (!skin) return null
  const meshes = new Map(root.listMeshes().map((mesh) => [mesh.getName(), mesh]))
  const [head, hair, teeth] = ['head', 'hair', 'teeth'].map((name) => meshes.get(name))
  if (!head || !teeth)
    throw new Error('The file holds no head that moves: it lacks a mesh "head" or "teeth".')
  return {
    head: movementOf(head, skin),
    hair: hair ? movementOf(hair, skin) : null,
    mouth: { ...movementOf(teeth, skin), ...(await readTexturedMesh(teeth.listPrimitives()[0])) },
    pivots: { neck: pivot(skin, 'Neck'), head: pivot(skin, 'Head') },
  }
}

function movementOf(mesh: Mesh, skin: Skin): Movement {
  const [primitive] = mesh.listPrimitives()
  const targets = new Map(primitive.listTargets().map((target) => [target.getName(), target]))
  const morphs = Object.fromEntries(
    expressionNames.map((name) => [
      name,
      morphOf(targets.get(name)?.getAttribute('POSITION')?.getArray() ?? []),
    ]),
  ) as Record<ExpressionName, Morph>
  return { morphs, bones: bonesOf(primitive, skin) }
}

/** @param offsets V x 3, metres */
function morphOf(offsets: ArrayLike<number>): Morph {
  if (!isWithin(offsets, 10)) throw new Error('The file holds a morph target whose numbers are none.')
  const vertices: number[] = []
  for (let v = 0; 3 * v < offsets.length; v++)
    if (offsets[3 * v] !== 0 || offsets[3 * v + 1] !== 0 || offsets[3 * v + 2] !== 0) vertices.push(v)
  const moved = new Float32Array(3 * vertices.length)
  for (const [i, v] of vertices.entries())
    for (let c = 0; c < 3; c++) moved[3 * i + c] = 100 * offsets[3 * v + c]
  return { vertices: Uint32Array.from(vertices), offsets: moved }
}

function bonesOf(primitive: Primitive, skin: Skin): Float32Array {
  const joints = primitive.getAttribute('JOINTS_0')?.getArray() ?? []
  const weights = primitive.getAttribute('WEIGHTS_0')?.getArray() ?? []
  /** Of each joint: which of the two of `Movement.bones` it is. */
  const bones = skin.listJoints().map((joint) => ['Neck', 'Head'].indexOf(joint.getName()))
  const result = new Float32Array(joints.length / 2)
  for (let i = 0; i < joints.length; i++) {
    const bone = bones[joints[i]]
    if (bone >= 0) result[2 * (i >> 2) + bone] += weights[i] / 255
  }
  return result
}

function pivot(skin: Skin, name: string): Pivots['neck'] {
  const joint = skin.listJoints().find((joint) => joint.getName() === name)
  const [x, y, z] = joint?.getWorldTranslation() ?? [0, 0, 0]
  return [100 * x, 100 * y, 100 * z]
}
