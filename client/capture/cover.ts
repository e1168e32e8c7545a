/** What lies over a face, as a person would paint it out. */

import type { BrushStroke, Cover } from './types.ts'

/** Side of the cells that it is painted in, share of the distance of the eyes; the brush reaches a little beyond them. */
const cell = 0.04
const reach = 1.1

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
      // Where texels are larger than cells some of these stay empty.
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
