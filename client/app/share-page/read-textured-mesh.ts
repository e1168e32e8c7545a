import type { Primitive } from '@gltf-transform/core'
import { imageHeader } from '../../capture/open/image-header.ts'
import type { Mesh } from '../../face/types.ts'
import type { Pixels } from '../pixels.ts'

/** Metres from the origin; and pixels of a texture's side, those of a head's being twice as wide as high. */
const [farthest, widest] = [10, 2048]

/**
 * @returns in centimetres
 * @throws Error where it is no mesh with normals, UVs and a texture, or none that could be drawn
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
  const vertices = positions.length / 3
  const isWhole = normals.length === 3 * vertices && uv.length === 2 * vertices && triangles.length % 3 === 0
  const areNumbers = isWithin(positions, farthest) && isWithin(normals, 2) && isWithin(uv, 2)
  const { width, height } = imageHeader(png) ?? {}
  if (
    !isWhole ||
    !areNumbers ||
    triangles.some((vertex) => vertex >= vertices) ||
    !(Math.max(width ?? Number.NaN, height ?? Number.NaN) <= widest)
  ) {
    throw new Error(
      'The file holds a face that cannot be drawn: its numbers or its texture are none of a face.',
    )
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

/** Are all of them numbers, and none larger than this, with a minus or without? */
export function isWithin(numbers: ArrayLike<number>, most: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (!(Math.abs(numbers[i]) <= most)) return false
  return true
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
