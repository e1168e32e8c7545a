/** Where the photo can be believed to show the face's skin: not the background, not beyond its border, not brushed out. */

import type { FaceView } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { dilate, erode } from '../../image/morphology.ts'
import type { Photo } from '../../image/photo.ts'
import { bilinear } from '../../image/sample.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { maskWhere } from '../../image/texels.ts'
import { CaptureError } from '../capture-error.ts'
import type { Raster } from '../mesh/rasterize.ts'

/** What is brushed out grows by this share of the inter-ocular distance, because strokes are drawn by hand. */
const growth = 0.015
/** Photo pixels from the border: from worthless (scanner edges, resampling) to full weight. */
const border = { from: 2, to: 6 }
/** Photo pixels from the face's outline: from worthless to full weight. */
const outline = { from: 1, to: 4 }
/** Of a small face, full weight begins this share of the inter-ocular distance from the outline, if that is less. */
const mostOutline = 0.04
/** Person segmentation: from background to person. */
const person = { from: 0.65, to: 0.97 }

/**
 * How far pixels near the mesh's outline can be believed: their colour mixes with what is behind.
 *
 * @param raster the mesh in the crop
 * @returns crop.size x crop.size, 0..1: 0 on the outline and beyond, 1 well inside
 */
export function outlineTrust(
  raster: Raster,
  { size, step }: Pick<FaceView, 'size' | 'step'>,
  interOcular: number,
): Float32Array {
  const inside = maskWhere(raster.triangle.length, (i) => raster.triangle[i] >= 0)
  const to = Math.min(outline.to, mostOutline * interOcular)
  const middle = (outline.from + to) / 2
  const core = erode(inside, size, size, middle / step)
  const soft = gaussianBlur(Float32Array.from(core), size, size, 1, (to - outline.from) / (4 * step))
  return soft.map((value, i) => (inside[i] ? smoothstep(0.1, 0.9, value) : 0))
}

export interface Doubts {
  /** height x width of the photo, 0..1: is this pixel the person's? */
  person?: Float32Array
  /** height x width of the photo, not 0 where it must not be believed (glasses, hair, hands). */
  distrust?: Uint8Array
}

/**
 * How far each pixel can be believed: by the photo's border, the person mask and what was brushed out.
 *
 * @param crop the grid that the answer is given in
 * @param interOcular photo pixels
 * @returns crop.size x crop.size, 0..1
 * @throws CaptureError `bad-mask` where a map is not the photo's size.
 */
export function trustMap(
  photo: Photo,
  crop: Pick<FaceView, 'left' | 'top' | 'size' | 'step'>,
  { person: segmented, distrust }: Doubts,
  interOcular: number,
): Float32Array {
  const { width, height } = photo
  for (const map of [segmented, distrust])
    if (map && map.length !== width * height)
      throw new CaptureError(
        'bad-mask',
        `The mask has ${map.length} values, but the photo has ${width} x ${height} pixels: give one value for each.`,
      )
  const { size, step } = crop
  const trust = new Float32Array(size * size)
  for (let i = 0; i < trust.length; i++) {
    const x = crop.left + ((i % size) + 0.5) * step
    const y = crop.top + (Math.floor(i / size) + 0.5) * step
    trust[i] = smoothstep(border.from, border.to, Math.min(x, y, width - x, height - y))
    if (segmented && trust[i] > 0)
      trust[i] *= smoothstep(person.from, person.to, bilinear(segmented, width, height, 1, 0, x, y))
  }
  if (distrust) {
    const doubted = cropMask(distrust, photo, crop)
    const radius = Math.max(1, (growth * interOcular) / step)
    const core = dilate(doubted, size, size, radius)
    const soft = gaussianBlur(
      Float32Array.from(dilate(doubted, size, size, 2 * radius)),
      size,
      size,
      1,
      radius / 2,
    )
    for (let i = 0; i < trust.length; i++) trust[i] *= core[i] ? 0 : 1 - Math.min(1, soft[i])
  }
  return trust
}

/** 1 where the mask is set in any of the photo's pixels under a pixel of the crop. */
function cropMask(
  mask: Uint8Array,
  { width, height }: Photo,
  crop: Pick<FaceView, 'left' | 'top' | 'size' | 'step'>,
) {
  const { left, top, size, step } = crop
  const result = new Uint8Array(size * size)
  for (let row = 0; row < size; row++) {
    const y0 = Math.max(0, Math.floor(top + row * step))
    const y1 = Math.min(height, Math.ceil(top + (row + 1) * step))
    for (let column = 0; column < size; column++) {
      const x0 = Math.max(0, Math.floor(left + column * step))
      const x1 = Math.min(width, Math.ceil(left + (column + 1) * step))
      for (let y = y0; y < y1 && !result[row * size + column]; y++)
        for (let x = x0; x < x1; x++)
          if (mask[y * width + x]) {
            result[row * size + column] = 1
            break
          }
    }
  }
  return result
}
