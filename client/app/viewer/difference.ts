import type { Mesh } from '../../face/types.ts'
import type { Pixels } from '../pixels.ts'
import type { Orbit } from './orbit.ts'

/** Levels (0..255) up to which two colours are taken for the same. */
const alike = 6
/** Share of a face's surface below which nobody would look for what differs. */
const least = 0.01

/** From where a difference may be looked for: radians. Further round it lies behind hair, and beside the line. */
const azimuths = Array.from({ length: 17 }, (_, i) => (i - 8) / 10)
const elevations = [-0.15, 0, 0.15]

const known = new WeakMap<Pixels, WeakMap<Pixels, Orbit | null>>()

/**
 * From where one sees most of what two textures of a face differ in: as large as it is, and as far as it faces the eye.
 *
 * @param mesh the face's, in the head frame
 * @param before square, as `after`, of the same or another size
 * @returns null where there is no difference to be seen
 */
export function orbitOfDifference(mesh: Mesh, before: Pixels, after: Pixels): Orbit | null {
  const ofAfter = known.get(after) ?? new WeakMap<Pixels, Orbit | null>()
  known.set(after, ofAfter)
  let orbit = ofAfter.get(before)
  if (orbit === undefined) {
    orbit = mostSeen(differing(mesh, before, after))
    ofAfter.set(before, orbit)
  }
  return orbit
}

/** The weighted sum of normals would hide what looks both ways: each triangle is kept. */
interface Differing {
  /** T x 3: each triangle's outward normal, as long as it is large (cm²) and differs (levels). */
  facing: Float64Array
  /** Of all of the surface, how much differs: 0..1. */
  share: number
}

function differing({ positions, uv, triangles }: Mesh, before: Pixels, after: Pixels): Differing {
  const facing = new Float64Array(triangles.length)
  let [whole, differs] = [0, 0]
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t], triangles[t + 1], triangles[t + 2]]
    const edge = (k: 1 | 2, c: number) => positions[3 * corners[k] + c] - positions[3 * corners[0] + c]
    const [ax, ay, az, bx, by, bz] = [edge(1, 0), edge(1, 1), edge(1, 2), edge(2, 0), edge(2, 1), edge(2, 2)]
    const normal = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
    const area = Math.hypot(...normal) / 2
    const beyond = levelsWithin(corners, uv, before, after) - alike
    whole += area
    if (beyond <= 0) continue
    differs += area
    for (let c = 0; c < 3; c++) facing[t + c] = normal[c] * beyond
  }
  return { facing, share: differs / whole }
}

/** Levels by which two textures differ on a triangle: the mean of some of its texels. */
function levelsWithin(corners: number[], uv: Float32Array, before: Pixels, after: Pixels): number {
  let sum = 0
  for (const weights of samples) {
    const at = (c: 0 | 1) => corners.reduce((place, v, k) => place + weights[k] * uv[2 * v + c], 0)
    const [u, v] = [at(0), at(1)]
    const [i, j] = [texelAt(before, u, v), texelAt(after, u, v)]
    let most = 0
    for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(before.data[i + c] - after.data[j + c]))
    sum += most
  }
  return sum / samples.length
}

/** Places within a triangle, by its corners' weights. */
const samples = [
  [1 / 3, 1 / 3, 1 / 3],
  [0.6, 0.2, 0.2],
  [0.2, 0.6, 0.2],
  [0.2, 0.2, 0.6],
]

function texelAt({ size }: Pixels, u: number, v: number): number {
  const at = (place: number) => Math.min(size - 1, Math.max(0, Math.floor(place * size)))
  return 4 * (at(v) * size + at(u))
}

function mostSeen({ facing, share }: Differing): Orbit | null {
  if (!(share >= least)) return null
  let [most, best] = [0, null as Orbit | null]
  for (const elevation of elevations)
    for (const azimuth of azimuths) {
      const level = Math.cos(elevation)
      const eye = [level * Math.sin(azimuth), Math.sin(elevation), level * Math.cos(azimuth)]
      let seen = 0
      for (let t = 0; t < facing.length; t += 3)
        seen += Math.max(0, facing[t] * eye[0] + facing[t + 1] * eye[1] + facing[t + 2] * eye[2])
      if (seen > most) [most, best] = [seen, { azimuth, elevation, zoom: 1 }]
    }
  return best
}
