import { WebIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import { assertGlbBounds } from '../../result/glb-bounds.ts'
import type { Face } from '../viewer/drawing.ts'
import { readMovement } from './read-movement.ts'
import { readTexturedMesh } from './read-textured-mesh.ts'

/** What the service takes of a shared face or head, and a little more of each. */
const most = { bytes: 32 * 1024 * 1024, vertices: 250_000 }

/**
 * What a shared GLB holds, ready to be drawn: a face, or a head, its hair, and what moves them. The exporter writes no other
 * (client/result/glb.ts, head-glb.ts), and the service takes no other.
 *
 * @param glb binary glTF 2.0; metres become centimetres
 * @throws Error where it is something else, or more than the service takes
 */
export async function readFace(glb: ArrayBuffer): Promise<Face> {
  if (glb.byteLength > most.bytes) throw new Error(`The file has more than ${most.bytes} bytes.`)
  assertGlbBounds(new Uint8Array(glb), most.vertices)
  const file = await new WebIO().registerExtensions([KHRMaterialsUnlit]).readBinary(new Uint8Array(glb))
  const root = file.getRoot()
  const [head] = root.listMeshes()
  const [node] = root.listNodes()
  const face = await readTexturedMesh(head?.listPrimitives()[0])
  if (node.getName() !== 'head') return face
  const movement = await readMovement(root)
  const [hair] =
    root
      .listMeshes()
      .find((mesh) => mesh.getName() === 'hair')
      ?.listPrimitives() ?? []
  if (!hair) return { ...face, hair: null, movement }
  const { mesh, texture } = await readTexturedMesh(hair)
  const colours = hair.getAttribute('COLOR_0')?.getArray()
  return {
    ...face,
    movement,
    hair: {
      ...{ mesh, texture },
      colours: colours
        ? Float32Array.from(colours)
        : new Float32Array((mesh.positions.length / 3) * 4).fill(1),
    },
  }
}
