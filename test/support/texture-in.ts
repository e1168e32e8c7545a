import { NodeIO } from '@gltf-transform/core'
import { EXTTextureWebP, KHRMaterialsUnlit, KHRTextureBasisu } from '@gltf-transform/extensions'
import sharp from 'sharp'

/** The texture of a face's GLB by its media type, and the extensions that a reader must know for it. */
export async function textureIn(glb: Uint8Array) {
  const io = new NodeIO().registerExtensions([KHRMaterialsUnlit, EXTTextureWebP, KHRTextureBasisu])
  const root = (await io.readBinary(glb)).getRoot()
  const required = root.listExtensionsRequired().map(({ extensionName }) => extensionName)
  return { required, [root.listTextures()[0].getMimeType()]: root.listTextures()[0].getImage()! }
}

/** What the header of a KTX2 file says: pixels, mipmaps, supercompression (2: Zstandard). */
export function ktx2Header(file: Uint8Array) {
  const signature = [...file.subarray(0, 12)]
  const header = new DataView(file.buffer, file.byteOffset)
  const [width, height, levels, scheme] = [20, 24, 40, 44].map((at) => header.getUint32(at, true))
  return { signature, width, height, levels, scheme }
}

/** « KTX 20 » and line ends, as every KTX2 file begins. */
export const ktx2Signature = [0xab, 0x4b, 0x54, 0x58, 0x20, 0x32, 0x30, 0xbb, 0x0d, 0x0a, 0x1a, 0x0a]

/** Format and side of the texture that a face's GLB holds, out of the texture itself. */
export async function textureFormatIn(glb: Uint8Array): Promise<[format: string, side: number]> {
  const { required, ...textures } = await textureIn(glb)
  const [[type, image]] = Object.entries(textures) as [string, Uint8Array][]
  if (type === 'image/ktx2') {
    const { signature, width, height, levels } = ktx2Header(image)
    const isWhole = String(signature) === String(ktx2Signature) && levels === Math.log2(width) + 1
    return [isWhole && width === height ? 'ktx2' : 'broken', width]
  }
  const { format, width, height } = await sharp(image).metadata()
  return [width === height ? format : 'broken', width]
}
