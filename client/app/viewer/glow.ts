import { rasterize } from '../../capture/mesh/rasterize.ts'
import { Evidence } from '../../face/evidence.ts'
import type { Mesh } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import type { Pixels } from '../pixels.ts'

/** Rows of what glows: it is soft, so that few do. */
const rows = 256
/** Texels of these rows over which it fades. */
const softness = 5
/** sRGB, 0..255. */
const light = [70, 140, 255] as const

/**
 * What is being made of a face, as a texture to be laid over its own: a light that is as opaque as little is known there.
 *
 * @param evidence N x N, `Evidence` of the face's texels
 * @param mesh what the texture lies on: the face, or a whole head, whose texture has the face in its left half
 * @param whole is it a whole head?
 */
export function glowOf(evidence: Uint8Array, mesh: Pick<Mesh, 'uv' | 'triangles'>, whole: boolean): Pixels {
  const columns = whole ? 2 * rows : rows
  const size = Math.sqrt(evidence.length)
  const { triangle } = rasterize(laidOut(mesh.uv, columns), mesh.triangles, columns, rows)
  const unknown = new Float32Array(columns * rows)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < rows; x++) {
      const texel = Math.floor(((y + 0.5) * size) / rows) * size + Math.floor(((x + 0.5) * size) / rows)
      // Where there is no skin nothing is known either.
      const isSkin = triangle[y * columns + x] >= 0
      unknown[y * columns + x] = isSkin && evidence[texel] === Evidence.none ? 1 : 0
    }
  const soft = gaussianBlur(unknown, columns, rows, 1, softness)
  const data = new Uint8ClampedArray(4 * soft.length)
  for (const [i, opacity] of soft.entries()) data.set([...light, 255 * opacity], 4 * i)
  return { size: rows, data }
}

/** Flat, as `rasterize` takes it. */
function laidOut(uv: Float32Array, columns: number): Float32Array {
  const screen = new Float32Array(2 * uv.length)
  for (let v = 0; 2 * v < uv.length; v++) screen.set([uv[2 * v] * columns, uv[2 * v + 1] * rows, 0, 1], 4 * v)
  return screen
}
