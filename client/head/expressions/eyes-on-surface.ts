import type { FaceSplit } from '../../capture/mesh/face-mesh.ts'
import { eyes, meshLandmarks } from '../../face/contours.ts'
import type { ExpressionName } from './names.ts'

/** How far the painted iris goes when an eye looks to a side: centimetres. By eye. */
const gaze = { aside: 0.45, up: 0.2, down: 0.24 }

/**
 * What lies in the painted eyes follows the lids' edges, lest a slit of eye stays between closed lids, and goes where the eye
 * looks.
 *
 * @param positions V x 3, of the face's mesh
 * @returns changes the offsets of an expression, V x 3 or more, in place
 */
export function eyesOnSurface(
  split: FaceSplit,
  positions: Float32Array,
): (name: ExpressionName, offsets: Float32Array) => void {
  // The mesh has one vertex for each of the surface's here: no seam runs through the eyes.
  const vertexOf = new Map<number, number>()
  split.place.forEach((surface, v) => {
    if (!vertexOf.has(surface)) vertexOf.set(surface, v)
  })
  const sides = (
    [
      ['Right', eyes[0]],
      ['Left', eyes[1]],
    ] as const
  ).map(([side, eye]) => {
    const middles = eyeMiddles(eye, split, meshLandmarks).map(({ vertex, ends }) => ({
      vertex: vertexOf.get(vertex)!,
      ends: ends.map((v) => vertexOf.get(v)!),
    }))
    const [first, last] = [eye[0], eye[eye.length / 2]].map((v) => positions[3 * v])
    const share = middles.map(({ vertex, ends }) => {
      // Most in the middle of the opening, less towards the corners.
      const along = (2 * (positions[3 * vertex] - first)) / (last - first) - 1
      const height = Math.abs(positions[3 * ends[0] + 1] - positions[3 * ends[1] + 1])
      return Math.max(0, 1 - along * along) * Math.min(1, height / 0.3)
    })
    return { side, middles, share }
  })
  return (name, offsets) => {
    for (const { side, middles, share } of sides) {
      const looks = gazeOf(name, side)
      middles.forEach(({ vertex, ends }, i) => {
        for (let c = 0; c < 3; c++) {
          const [a, b] = ends.map((v) => offsets[3 * v + c])
          if (name === `eyeBlink${side}`) {
            const met = (positions[3 * ends[0] + c] + a + positions[3 * ends[1] + c] + b) / 2
            offsets[3 * vertex + c] = met - positions[3 * vertex + c]
          } else if (looks) offsets[3 * vertex + c] = (a + b) / 2 + (c < 2 ? share[i] * looks[c] : 0)
        }
      })
    }
  }
}

/**
 * The middles of edges across an eye's opening, with their ends: vertices of the split surface that lie in the painted eye.
 *
 * @param eye of `eyes`
 */
function eyeMiddles(
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
function gazeOf(name: ExpressionName, side: 'Left' | 'Right'): [x: number, y: number] | null {
  const direction = /^eyeLook(Down|Up|In|Out)(Left|Right)$/.exec(name)
  if (!direction || direction[2] !== side) return null
  // The person's left is at x > 0.
  const outwards = side === 'Left' ? 1 : -1
  if (direction[1] === 'In') return [-outwards * gaze.aside, 0]
  if (direction[1] === 'Out') return [outwards * gaze.aside, 0]
  return [0, direction[1] === 'Up' ? gaze.up : -gaze.down]
}
