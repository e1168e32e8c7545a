/** How far the rest of a head is from the true one, in centimetres. */

export const headParts = ['ears', 'top', 'back', 'neck'] as const
export type HeadPart = (typeof headParts)[number]

/** Mean distance of the vertices; null where a part has none. Of the neck also how much too wide it is. */
export type ShapeError = Record<HeadPart | 'neckWidth', number | null>

/**
 * Which part a place on MakeHuman's reference head belongs to, in centimetres of the body's frame: the ears stand out at the
 * sides, the top lies above the hairline, the back behind the ears, the neck below the jaw.
 */
export function headPartAt(x: number, y: number, z: number): HeadPart | null {
  if (Math.abs(x) > 6.9 && y > 67.5 && y < 75 && z > 1.5 && z < 6.5) return 'ears'
  if (y > 80) return 'top'
  if (z < -2.5 && y > 70) return 'back'
  return y < 62.5 ? 'neck' : null
}

/**
 * @param found V x 3, brought onto the true head
 * @param truth V x 3, the same vertices
 * @param reference V x 3, the same on the reference head, by which parts are told
 */
export function shapeError(
  found: ArrayLike<number>,
  truth: ArrayLike<number>,
  reference: ArrayLike<number>,
): ShapeError {
  const sums = { ears: 0, top: 0, back: 0, neck: 0 }
  const counts = { ears: 0, top: 0, back: 0, neck: 0 }
  const neck = { found: [0, 0], truth: [0, 0] }
  for (let k = 0; k < truth.length; k += 3) {
    const part = headPartAt(reference[k], reference[k + 1], reference[k + 2])
    if (!part) continue
    sums[part] += Math.hypot(found[k] - truth[k], found[k + 1] - truth[k + 1], found[k + 2] - truth[k + 2])
    counts[part]++
    if (part !== 'neck') continue
    neck.found = [Math.min(neck.found[0], found[k]), Math.max(neck.found[1], found[k])]
    neck.truth = [Math.min(neck.truth[0], truth[k]), Math.max(neck.truth[1], truth[k])]
  }
  const mean = (part: HeadPart) => (counts[part] ? sums[part] / counts[part] : null)
  const width = ([from, to]: number[]) => to - from
  return {
    ...{ ears: mean('ears'), top: mean('top'), back: mean('back'), neck: mean('neck') },
    neckWidth: counts.neck ? width(neck.found) - width(neck.truth) : null,
  }
}
