import type { Face } from '../viewer/drawing.ts'

/** What is read of the scene in a face's GLB: the exporter writes one mesh (client/result/glb.ts), the service takes no other. */
interface Scene {
  accessors: { bufferView: number; byteOffset?: number; componentType: number; count: number }[]
  bufferViews: { byteOffset?: number; byteLength: number; byteStride?: number }[]
  images: { bufferView: number; mimeType: string }[]
  meshes: { primitives: { attributes: Record<string, number>; indices: number }[] }[]
}

const unsignedShort = 5123

/**
 * The mesh and texture of a shared face, ready to be drawn.
 *
 * @param glb binary glTF 2.0 of one textured mesh, as the service has checked it; metres become centimetres
 * @throws Error where it is something else
 */
export async function readFace(glb: ArrayBuffer): Promise<Face> {
  const header = new DataView(glb)
  if (glb.byteLength < 28 || header.getUint32(0, true) !== 0x46546c67) throw new Error('This is no GLB file.')
  const jsonBytes = header.getUint32(12, true)
  const scene: Scene = JSON.parse(new TextDecoder().decode(new Uint8Array(glb, 20, jsonBytes)))
  const dataAt = 20 + jsonBytes + 8
  const { attributes, indices } = scene.meshes[0].primitives[0]

  /** Elements of an accessor, one after another, whether or not they lie interleaved. */
  const numbers = (which: number, width: number) => {
    const { bufferView, byteOffset = 0, componentType, count } = scene.accessors[which]
    const { byteOffset: viewOffset = 0, byteStride } = scene.bufferViews[bufferView]
    const short = componentType === unsignedShort
    const bytes = short ? 2 : 4
    const stride = byteStride ?? width * bytes
    const view = new DataView(glb, dataAt + viewOffset + byteOffset)
    return { count, short, at: (i: number, c: number) => i * stride + c * bytes, view }
  }
  const floats = (which: number, width: number, scale = 1) => {
    const { count, at, view } = numbers(which, width)
    return Float32Array.from(
      { length: count * width },
      (_, i) => scale * view.getFloat32(at(Math.floor(i / width), i % width), true),
    )
  }
  const { count, short, at, view } = numbers(indices, 1)
  const { bufferView, mimeType } = scene.images[0]
  const { byteOffset: imageAt = 0, byteLength } = scene.bufferViews[bufferView]
  const png = new Blob([new Uint8Array(glb, dataAt + imageAt, byteLength)], { type: mimeType })
  return {
    mesh: {
      positions: floats(attributes.POSITION, 3, 100),
      normals: floats(attributes.NORMAL, 3),
      uv: floats(attributes.TEXCOORD_0, 2),
      triangles: Uint32Array.from({ length: count }, (_, i) =>
        short ? view.getUint16(at(i, 0), true) : view.getUint32(at(i, 0), true),
      ),
    },
    texture: await pixelsOf(png),
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
