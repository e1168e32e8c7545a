import { innerLips } from '../../face/contours.ts'
import { inMouthChart } from '../../face/mouth-chart.ts'
import type { Mesh } from '../../face/types.ts'
import { borderLoops } from '../border-loops.ts'
import type { ExpressionName } from './names.ts'

/**
 * Rings from the lips' inner edge into the dark: how far behind the lips, half their width and height (0: as wide as the lips
 * are), how far they go with the lips, with the lower one where the jaw moves, and how light they are. Centimetres, by eye.
 */
const rings = [
  { behind: 0, width: 0, height: 0, lips: 1, jaw: 1, light: 0.75 },
  { behind: 0.3, width: 0, height: 0.18, lips: 1, jaw: 1, light: 0.5 },
  { behind: 0.9, width: 2.3, height: 0.8, lips: 0.6, jaw: 0.95, light: 0.3 },
  { behind: 2.2, width: 2.4, height: 1.4, lips: 0.15, jaw: 0.75, light: 0.12 },
  { behind: 5.5, width: 2.2, height: 1.6, lips: 0, jaw: 0.2, light: 0 },
]

export interface MouthBag {
  /** V x 3, centimetres, head frame */
  positions: Float32Array
  /** How many vertices, which come first, lie at the lips. */
  atLips: number
  /** V, 0..1 */
  light: Float32Array
  /** T x 3, seen from inside the mouth. */
  triangles: Uint32Array
  /** V x 3: where an expression takes it. */
  offsets(name: ExpressionName, dense: Float32Array): Float32Array
}

const jawMoves: readonly ExpressionName[] = ['jawOpen', 'jawForward', 'jawLeft', 'jawRight']

/**
 * The dark behind the lips: sewn to their inner edge, so that nothing shows between.
 *
 * @param face of `faceMesh`
 * @returns `offsets` takes those of the face's mesh
 */
export function mouthBag(face: Mesh): MouthBag {
  const lips = lipLoop(face)
  const count = lips.length
  const at = (v: number, c: number) => face.positions[3 * v + c]
  const centre = [0, 1, 2].map((c) => lips.reduce((sum, v) => sum + at(v, c), 0) / count)
  // Around the mouth in even steps from corner to corner.
  const turn = lips.map((_, i) => Math.PI - (2 * Math.PI * i) / count)
  const positions: number[] = []
  for (const { behind, width, height } of rings)
    lips.forEach((v, i) => {
      const [sin, cos] = [Math.sin(turn[i]), Math.cos(turn[i])]
      const own = [0, 1, 2].map((c) => at(v, c))
      positions.push(
        width > 0 ? centre[0] + width * cos : own[0],
        width > 0 ? centre[1] + height * sin : own[1] + height * sin,
        (width > 0 ? centre[2] : own[2]) - behind,
      )
    })
  const end = rings.length * count
  positions.push(centre[0], centre[1], centre[2] - rings.at(-1)!.behind)
  const triangles: number[] = []
  for (let ring = 0; ring < rings.length; ring++)
    for (let i = 0; i < count; i++) {
      const [a, b] = [i, (i + 1) % count].map((k) => ring * count + k)
      if (ring + 1 === rings.length) triangles.push(a, b, end)
      else triangles.push(a, b, a + count, b, b + count, a + count)
    }
  return {
    positions: Float32Array.from(positions),
    atLips: count * rings.filter(({ width }) => width === 0).length,
    light: Float32Array.from([...rings.flatMap(({ light }) => lips.map(() => light)), 0]),
    triangles: Uint32Array.from(triangles),
    offsets(name, dense) {
      const offsets = new Float32Array(positions.length)
      rings.forEach(({ lips: withLips, jaw }, ring) => {
        const share = jawMoves.includes(name) ? jaw : withLips
        lips.forEach((v, i) => {
          for (let c = 0; c < 3; c++) offsets[3 * (ring * count + i) + c] = share * dense[3 * v + c]
        })
      })
      return offsets
    },
  }
}

/** The lips' inner edge on the face's mesh: from the image-left corner along the upper lip and back. */
export function lipLoop({ triangles, uv }: Pick<Mesh, 'triangles' | 'uv'>): number[] {
  const skin: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = triangles.subarray(t, t + 3)
    const [u, v] = [0, 1].map((c) => corners.reduce((sum, vertex) => sum + uv[2 * vertex + c], 0) / 3)
    if (!inMouthChart(u, v)) skin.push(...corners)
  }
  const [corner, next] = innerLips
  const loop = borderLoops(skin).find((vertices) => vertices.includes(corner))!
  const first = loop.indexOf(corner)
  const turned = [...loop.slice(first), ...loop.slice(0, first)]
  // Two steps on lies the next landmark, or else the loop runs the other way.
  return turned[2] === next ? turned : [corner, ...turned.slice(1).reverse()]
}
