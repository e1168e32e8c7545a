import { bakeColours } from './bake-colours.ts'
import type { HeadExport } from './export-head.ts'
import { alphaCutoff } from './head-glb.ts'
import { encodePng } from './png.ts'
import { type UsdMesh, usdz } from './usdz.ts'

/** Of `exportHead`, its texture a PNG file. */
export type PngHead = Pick<HeadExport, 'mesh' | 'hair'> & { png: Uint8Array }

/** A head as USDZ, as `usdz` writes it: a mesh `head` and, where there is hair, a mesh `hair`. */
export async function headUsdz({ hair, ...head }: PngHead): Promise<Uint8Array<ArrayBuffer>> {
  const parts: UsdMesh[] = [{ name: 'head', ...head }]
  if (hair) {
    const { mesh, texture } = bakeColours(hair, alphaCutoff)
    const png = await encodePng(texture.data, texture.size, texture.size, 'rgba')
    parts.push({ name: 'hair', mesh, png, alphaCutoff })
  }
  return usdz('head', parts)
}
