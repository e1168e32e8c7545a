/** How far the lips are apart. */

import { inMouthChart } from '../../face/mouth-chart.ts'
import { smoothstep } from '../../image/smoothstep.ts'

/**
 * Gap between the lips, centimetres of a head whose outer eye corners are 9 apart. Measured:
 * test/evaluation/decisions/closed-lips.md.
 */
const gap = { closed: 0.15, open: 0.3 }

/**
 * Closed lips show nothing of the mouth: a gap that a landmark's error leaves there shows a smear of lip. Each column of the
 * mouth's chart is judged by how far the lips are apart in it.
 *
 * @param coverage size x size
 * @param positions size x size x 3, centimetres
 * @returns size x size, 0 (closed) to 1 (open, and all around the chart)
 */
export function mouthOpening(coverage: Uint8Array, positions: Float32Array, size: number): Float32Array {
  const opening = new Float32Array(size * size).fill(1)
  for (let x = 0; x < size; x++) {
    const column: number[] = []
    for (let i = x; i < opening.length; i += size)
      if (coverage[i] && inMouthChart((x + 0.5) / size, (Math.floor(i / size) + 0.5) / size)) column.push(i)
    if (column.length === 0) continue
    const [top, bottom] = [column[0], column[column.length - 1]]
    const between = Math.hypot(...[0, 1, 2].map((c) => positions[3 * top + c] - positions[3 * bottom + c]))
    // From centre to centre it is one texel less than from lip to lip.
    const apart = column.length > 1 ? (between * column.length) / (column.length - 1) : 0
    for (const i of column) opening[i] = smoothstep(gap.closed, gap.open, apart)
  }
  return opening
}
