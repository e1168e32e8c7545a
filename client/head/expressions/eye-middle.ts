import type { FaceSplit } from '../../capture/mesh/face-mesh.ts'
import type { eyes } from '../../face/contours.ts'
import type { ExpressionName } from './names.ts'

/** How far the painted iris goes when an eye looks to a side: centimetres. By eye. */
const gaze = { aside: 0.36, up: 0.16, down: 0.2 }

/**
 * The middles of edges across an eye's opening, with their ends: vertices of the split surface that lie in the painted eye.
 *
 * @param eye of `eyes`
 */
export function eyeMiddles(
  eye: (typeof eyes)[number],
  { surface }: Pick<FaceSplit, 'surface'>,
  landmarks: number,
): { vertex: number; ends: [number, number] }[] {
  const around = new Map<number, number>(eye.map((v, i) => [v, i]))
  const found: { vertex: number; ends: [number, number] }[] = []
  for (let e = 0; 2 * e < surface.ends.length; e++) {
    const ends = [surface.ends[2 * e], surface.ends[2 * e + 1]] as [number, number]
    const [a, b] = ends.map((v) => around.get(v))
    if (a === undefined || b === undefined) continue
    const apart = Math.abs(a - b)
    if (apart !== 1 && apart !== eye.length - 1) found.push({ vertex: landmarks + e, ends })
  }
  return found
}

/** Where a gaze takes what lies in the middle of an eye, centimetres; null: the expression is none, or the other eye's. */
export function gazeOf(name: ExpressionName, side: 'Left' | 'Right'): [x: number, y: number] | null {
  const direction = /^eyeLook(Down|Up|In|Out)(Left|Right)$/.exec(name)
  if (!direction || direction[2] !== side) return null
  // The person's left is at x > 0.
  const outwards = side === 'Left' ? 1 : -1
  if (direction[1] === 'In') return [-outwards * gaze.aside, 0]
  if (direction[1] === 'Out') return [outwards * gaze.aside, 0]
  return [0, direction[1] === 'Up' ? gaze.up : -gaze.down]
}
