import type { Primitive } from '@gltf-transform/core'
import type { Mesh } from '../../face/types.ts'
import type { Pixels } from '../pixels.ts'

/**
 * @returns in centimetres
 * @throws Error where it is no mesh with normals, UVs and a texture
 */
export async function readTexturedMesh(
  primitive: Primitive | undefined,
): Promise<{ mesh: Mesh; texture: Pixels }> {
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
