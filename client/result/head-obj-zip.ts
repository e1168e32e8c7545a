import { bakeColours } from './bake-colours.ts'
import { alphaCutoff } from './head-glb.ts'
import type { PngHead } from './head-usdz.ts'
import { type ObjMesh, objZip } from './obj-zip.ts'
import { encodePng } from './png.ts'

/**
 * A head as OBJ, as `objZip` writes it: an object `head` and, where there is hair, an object `hair`. MTL cannot tell to cut hair
 * out, and blended strands would have to be sorted: its opacity is all or nothing.
 */
export async function headObjZip({ hair, ...head }: PngHead): Promise<Uint8Array<ArrayBuffer>> {
  const parts: ObjMesh[] = [{ name: 'head', ...head }]
  if (hair) {
    const { mesh, texture } = bakeColours(hair, alphaCutoff)
    const { size } = texture
    const data = texture.data.map((value, i) => (i % 4 < 3 ? value : value < 255 * alphaCutoff ? 0 : 255))
    // Some programs take it from the colours of a map of opacity, others from its alpha.
    const opacity = data.map((_, i) => data[i | 3])
    const [png, opacityPng] = await Promise.all([
      encodePng(data, size, size, 'rgba'),
      encodePng(opacity, size, size, 'rgba'),
    ])
    parts.push({ name: 'hair', mesh, png, opacityPng })
  }
  return objZip('head', parts)
}
