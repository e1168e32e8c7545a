/** What lies over a face: where it is, and how a person would paint it out. */

import { mouthTexels } from '../../face/mouth-chart.ts'
import type { BrushStroke, Cover, Unwrap } from '../../face/types.ts'
import { reached } from '../../image/flood.ts'
import { dilate, erode } from '../../image/morphology.ts'
import { countOf, placeOf } from '../../image/texels.ts'
import { isAt } from './hidden-features.ts'

/** A cover smaller than this share of the face has no known shape: then the place of what it hides is taken. */
const leastCover = 0.015
/**
 * Shares of the side. `edge`: the softness of a cover's edge; what is thinner is none. Gaps of up to twice `gap`, as in a
 * pattern, belong to it.
 */
const cover = { edge: 0.006, gap: 0.03 }
/** Rows (v) of the layout that a cover may reach over. Beyond them is hair. */
const coverRows = { mouth: [0.42, 1], eyes: [0.24, 0.56], leftEye: [0, 0.56], rightEye: [0, 0.56] } as const

/** Side of the cells that a cover is painted in, share of the distance of the eyes, and the brush's radius in cells. */
const cell = 0.04
const reach = 1.1

/**
 * What lies over the hidden feature: all that is unlike skin and connected with its place.
 *
 * @param unlike N x N, 1 where the photo shows something that is no skin
 * @returns N x N, 1 where it lies
 */
export function coverOf(
  { size, coverage, features }: Pick<Unwrap, 'size' | 'coverage' | 'features'>,
  hidden: Cover['hides'],
  unlike: Uint8Array,
): Uint8Array {
  const [top, bottom] = coverRows[hidden]
  const at = (i: number) => {
    const [u, v] = placeOf(i, size)
    if (hidden === 'eyes') return isAt('leftEye', u, v) || isAt('rightEye', u, v)
    return isAt(hidden, u, v)
  }
  // Eyes, brows and lips that are to be seen are unlike skin, too.
  const may = coverage.map((inside, i) => {
    const v = placeOf(i, size)[1]
    const seen = features[i] && (hidden === 'mouth' ? v < 0.45 : v > 0.6)
    return inside && v > top && v < bottom && !seen ? 1 : 0
  })
  const dense = erode(
    unlike.map((value, i) => value & may[i]),
    size,
    size,
    cover.edge * size,
  )
  const closed = erode(dilate(dense, size, size, cover.gap * size), size, size, cover.gap * size)
  const lies = reached(
    size,
    (i) => closed[i] === 1 && at(i),
    (i) => closed[i] === 1,
  )
  const whole = dilate(lies, size, size, 2 * cover.edge * size)
  const enoughToTell = countOf(lies) > leastCover * countOf(coverage)
  // Where the mouth is hidden, so is its inside, which has a chart of its own.
  const inside = hidden === 'mouth' ? mouthTexels(size) : null
  return may.map((value, i) => (inside?.[i] || (value && (enoughToTell ? whole[i] : at(i))) ? 1 : 0))
}

/**
 * Texels of the photo that something covers, painted in horizontal strokes.
 *
 * @param covered n, not 0 on the covered texels that the photo shows
 * @param screen n x 4: where each texel is in the photo, pixels first
 * @param interOcular photo pixels
 */
export function coverStrokes(
  covered: ArrayLike<number>,
  screen: Float32Array,
  interOcular: number,
): BrushStroke[] {
  const side = cell * interOcular
  const rows = new Map<number, Set<number>>()
  for (let i = 0; i < covered.length; i++) {
    if (!covered[i]) continue
    const row = Math.floor(screen[4 * i + 1] / side)
    const columns = rows.get(row) ?? new Set()
    columns.add(Math.floor(screen[4 * i] / side))
    rows.set(row, columns)
  }
  const strokes: BrushStroke[] = []
  for (const [row, columns] of [...rows].sort(([a], [b]) => a - b)) {
    const y = (row + 0.5) * side
    const sorted = [...columns].sort((a, b) => a - b)
    for (let first = 0; first < sorted.length; ) {
      let last = first
      // Where texels are larger than cells, some cells between them stay empty.
      while (last + 1 < sorted.length && sorted[last + 1] - sorted[last] <= 3) last++
      strokes.push({
        radius: reach * side,
        points: [(sorted[first] + 0.5) * side, y, (sorted[last] + 0.5) * side, y],
      })
      first = last + 1
    }
  }
  return strokes
}

/**
 * A cover as a mask of the photo: what `distrust` takes.
 *
 * @returns height x width, 1 where it lies, else 0
 */
export function coverMask({ strokes }: Cover, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height)
  for (const {
    radius,
    points: [left, y, right],
  } of strokes) {
    const [top, bottom] = [Math.max(0, Math.floor(y - radius)), Math.min(height - 1, Math.ceil(y + radius))]
    for (let row = top; row <= bottom; row++) {
      const half = radius ** 2 - (row + 0.5 - y) ** 2
      if (half < 0) continue
      const from = Math.max(0, Math.floor(left - Math.sqrt(half)))
      const to = Math.min(width, Math.ceil(right + Math.sqrt(half)))
      if (from < to) mask.fill(1, row * width + from, row * width + to)
    }
  }
  return mask
}
