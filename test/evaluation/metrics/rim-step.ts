import type { HeadMesh } from '../../../client/head/head-mesh.ts'
import { bilinear } from '../../../client/image/sample.ts'

/** Where face and rest of a head meet, against the face itself: 1 is no more than within the face. */
export interface RimStep {
  /** Of the difference from one sample to the next. */
  colour: number
  /** Of the change of that difference. */
  gradient: number
}

/** Centimetres between samples, across the rim. */
const spacing = 0.15
/** Samples to either side, and lines across each of the rim's edges. */
const samples = 4
const lines = 4

/**
 * Compares colours along lines across the rim: what changes from the face's last sample to the rest's first one with what changes
 * from sample to sample within the face. Means over the rim and the channels.
 *
 * @param head of `headMesh`
 * @param rim of `faceRim`
 * @param atlas of `headAtlas`: N rows of 2N x 3, 0..1
 * @param size N
 */
export function rimStep(head: HeadMesh, rim: readonly number[], atlas: Float32Array, size: number): RimStep {
  const sides = sidesOf(head, rim)
  const sums = { colour: [0, 0], gradient: [0, 0] }
  const counts = { colour: [0, 0], gradient: [0, 0] }
  const add = (kind: keyof typeof sums, crossing: boolean, value: number) => {
    sums[kind][crossing ? 0 : 1] += Math.abs(value)
    counts[kind][crossing ? 0 : 1]++
  }
  for (const edge of sides) {
    for (let line = 0; line < lines; line++) {
      const t = (line + 0.5) / lines
      for (let c = 0; c < 3; c++) {
        // From within the face outwards; the rim lies between samples - 1 and samples.
        const values = Array.from({ length: 2 * samples }, (_, k) => {
          const off = k < samples ? samples - 0.5 - k : k - samples + 0.5
          const [u, v] = at(k < samples ? edge.face : edge.rest, t, off * spacing)
          return bilinear(atlas, 2 * size, size, 3, c, u * 2 * size, v * size)
        })
        const steps = values.slice(1).map((value, k) => value - values[k])
        for (let k = 0; k < samples; k++) add('colour', k === samples - 1, steps[k])
        for (let k = 1; k <= samples; k++) add('gradient', k >= samples - 1, steps[k] - steps[k - 1])
      }
    }
  }
  const ratio = (kind: keyof typeof sums) => {
    const [crossing, within] = sums[kind].map((sum, i) => sum / counts[kind][i])
    return crossing / Math.max(1e-9, within)
  }
  return { colour: ratio('colour'), gradient: ratio('gradient') }
}

/** A triangle's edge on the rim in the atlas: its ends, and where a centimetre away from it leads. */
interface Side {
  from: number[]
  to: number[]
  away: number[]
}

function at({ from, to, away }: Side, t: number, off: number): number[] {
  return [0, 1].map((k) => from[k] + t * (to[k] - from[k]) + off * away[k])
}

/** Both triangles at each of the rim's edges. */
function sidesOf(head: HeadMesh, rim: readonly number[]): { face: Side; rest: Side }[] {
  const { triangles, place, faceTriangles } = head
  const byEdge = new Map<string, number[]>()
  for (let t = 0; 3 * t < triangles.length; t++)
    for (let k = 0; k < 3; k++) {
      const ends = [triangles[3 * t + k], triangles[3 * t + ((k + 1) % 3)]].map((v) => place[v])
      const key = `${Math.min(...ends)} ${Math.max(...ends)}`
      byEdge.set(key, [...(byEdge.get(key) ?? []), t])
    }
  return rim.map((v, i) => {
    const next = rim[(i + 1) % rim.length]
    const both = byEdge.get(`${Math.min(v, next)} ${Math.max(v, next)}`)!
    const [face, rest] = both.toSorted((a, b) => a - b)
    if (!(face < faceTriangles && rest >= faceTriangles)) throw new Error('The rim is not sewn.')
    return { face: sideOf(head, face, v, next), rest: sideOf(head, rest, v, next) }
  })
}

function sideOf(head: HeadMesh, triangle: number, v: number, next: number): Side {
  const corners = [0, 1, 2].map((k) => head.triangles[3 * triangle + k])
  const a = corners.find((corner) => head.place[corner] === v)!
  const b = corners.find((corner) => head.place[corner] === next)!
  const c = corners.find((corner) => corner !== a && corner !== b)!
  const uv = (k: number) => [head.uv[2 * k], head.uv[2 * k + 1]]
  const between = (to: number) => [0, 1, 2].map((k) => head.positions[3 * to + k] - head.positions[3 * a + k])
  const [along, apex] = [between(b), between(c)]
  const dot = (p: number[], q: number[]) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
  const share = dot(apex, along) / dot(along, along)
  const height = Math.hypot(...apex.map((value, k) => value - share * along[k]))
  const away = [0, 1].map(
    (k) => (uv(c)[k] - uv(a)[k] - share * (uv(b)[k] - uv(a)[k])) / Math.max(1e-9, height),
  )
  return { from: uv(a), to: uv(b), away }
}
