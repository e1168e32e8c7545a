import { WebIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import type { Face } from '../viewer/drawing.ts'

/**
 * The mesh and texture of a shared face, ready to be drawn: the exporter writes one mesh (client/result/glb.ts), and the
 * service takes no other.
 *
 * @param glb binary glTF 2.0; metres become centimetres
 * @throws Error where it is something else
 */
export async function readFace(glb: ArrayBuffer): Promise<Face> {
  const file = await new WebIO().registerExtensions([KHRMaterialsUnlit]).readBinary(new Uint8Array(glb))
  const [primitive] = file.getRoot().listMeshes()[0]?.listPrimitives() ?? []
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

async function pixelsOf(png: Blob): Promise<Face['texture']> {
  const bitmap = await createImageBitmap(png, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
  const { width: size } = bitmap
  const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const { data } = context.getImageData(0, 0, size, size)
  return { size, data: data as Uint8ClampedArray<ArrayBuffer> }
}
