import { type Primitive, WebIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import type { Pixels } from '../pixels.ts'
import type { Face } from '../viewer/drawing.ts'

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
  const face = await read(skin)
  if (node.getName() !== 'head') return face
  if (!hair) return { ...face, hair: null }
  const { mesh, texture } = await read(hair)
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

async function read(primitive: Primitive | undefined): Promise<Face> {
  const png = primitive?.getMaterial()?.getBaseColorTexture()?.getImage()
  const arrays = [
    ...['POSITION', 'NORMAL', 'TEXCOORD_0'].map((name) => primitive?.getAttribute(name)?.getArray()),
    primitive?.getIndices()?.getArray(),
  ]
  const [positions, normals, uv, triangles] = arrays
  if (!png || !positions || !normals || !uv || !triangles) {
    throw new Error('The file holds no textured face: it lacks a mesh, its normals, UVs or its texture.')
  }
  return {
    mesh: {
      positions: Float32Array.from(positions, (metres) => 100 * metres),
      normals: Float32Array.from(normals),
      uv: Float32Array.from(uv),
      triangles: Uint32Array.from(triangles),
    },
    texture: await pixelsOf(new Blob([new Uint8Array(png)], { type: 'image/png' })),
  }
}

async function pixelsOf(png: Blob): Promise<Pixels> {
  const bitmap = await createImageBitmap(png, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const { data } = context.getImageData(0, 0, width, height)
  return { size: height, data: data as Uint8ClampedArray<ArrayBuffer> }
}
