import { WebIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import type { Face } from '../viewer/drawing.ts'
import { readTexturedMesh } from './read-textured-mesh.ts'

/**
 * What a shared GLB holds, ready to be drawn: a face, or a head and its hair. The exporter writes no other
 * (client/result/glb.ts, head-glb.ts), and the service takes no other.
 *
 * @param glb binary glTF 2.0; metres become centimetres
 * @throws Error where it is something else
 */
export async function readFace(glb: ArrayBuffer): Promise<Face> {
  const file = await new WebIO().registerExtensions([KHRMaterialsUnlit]).readBinary(new Uint8Array(glb))
  const [skin, hair] = file
    .getRoot()
    .listMeshes()
    .map((mesh) => mesh.listPrimitives()[0])
  const [node] = file.getRoot().listNodes()
  const face = await readTexturedMesh(skin)
  if (node.getName() !== 'head') return face
  if (!hair) return { ...face, hair: null }
  const { mesh, texture } = await readTexturedMesh(hair)
  const colours = hair.getAttribute('COLOR_0')?.getArray()
  return {
    ...face,
    hair: {
      ...{ mesh, texture },
      colours: colours
        ? Float32Array.from(colours)
        : new Float32Array((mesh.positions.length / 3) * 4).fill(1),
    },
  }
}
