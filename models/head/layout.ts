/** The texture layout of the remainder: skull and neck in one chart, each ear in one of its own. */
import type { CanonicalFace } from '../../client/capture/mesh/canonical.ts'
import { faceOutline } from '../../client/face/contours.ts'
import { borderLoops } from '../../client/head/border-loops.ts'
import { rimVertices } from '../../client/head/face-rim.ts'
import { asRigidAsPossible, type Disc, tutte } from './parameterize.ts'
import type { Remainder } from './remainder.ts'

export interface Layout {
  /** L x 2 in 0..1, origin top-left. */
  uv: Float32Array
  /** L: which vertex of the remainder each is; the first 72 are the rim's. Along the cut and around the ears two are in one place. */
  origin: Uint32Array
  /** T x 3 layout vertices: the remainder's triangles in another order. */
  triangles: Uint32Array
  /** Texels' side in a texture of 1,024, on the reference head: centimetres. */
  texel: number
}

/**
 * What is an ear of the reference head: within an ellipse about its middle, and outside a plane. By a search for the bounds
 * that hold what moves with an ear. Centimetres, but for the ratios.
 */
const ear = { y: 71.5, z: 4.5, reach: 4.6, narrower: 1.3, out: 6.2, outByHeight: 0.16, outByDepth: -0.1 }
/** The skull is cut along the back's middle up to this depth, about where the head is highest: centimetres. */
const cutEnd = 3.5
const passes = 80
/** Room around each chart, share of the texture's side. */
const gap = 0.007
/** Ears are drawn this much larger than the skull, where there is room: their folds are small. */
const earScale = 1.27

/** Some of the remainder's triangles, with vertices of their own. */
interface Chart {
  /** Which vertex of the remainder each is. */
  origin: number[]
  /** T x 3 indices into {@link origin}. */
  triangles: number[]
}

/**
 * @param landmarks 468 x 3 on the reference head: they fill the face's hole while the skull is laid out
 * @throws Error where the layout would fold
 */
export function layOut(
  remainder: Remainder,
  landmarks: Float64Array,
  { tri }: Pick<CanonicalFace, 'tri'>,
): Layout {
  const { positions } = remainder
  const parts = partsOf(remainder)
  const skull = cutOpen(chartOf(parts.skull), positions)
  const ears = parts.ears.map(chartOf)
  const skullFlat = flatten(discOf(skull, positions, { landmarks, tri }), skull, positions)
  // Lying: there is less room in height.
  const earFlats = ears.map((chart, i) =>
    quarterTurned(flatten(discOf(chart, positions), chart, positions), i === 0),
  )

  const [width, height] = extent(skullFlat)
  const side = width / (1 - 2 * gap)
  const room = side * (1 - 3 * gap) - height
  const scale = Math.min(earScale, ...earFlats.map((flat) => room / extent(flat)[1]))
  const placed = [skullFlat.map((value) => value + gap * side)]
  earFlats.forEach((flat, i) => {
    const [left, right] = [0.5 * side - (gap * side + scale * extent(flat)[0]), (0.5 + gap) * side]
    const corner = [i === 0 ? left : right, height + 2 * gap * side]
    placed.push(flat.map((value, k) => scale * value + corner[k % 2]))
  })

  const origin: number[] = []
  const triangles: number[] = []
  for (const chart of [skull, ...ears]) {
    triangles.push(...chart.triangles.map((v) => origin.length + v))
    origin.push(...chart.origin)
  }
  return {
    uv: Float32Array.from(
      placed.flatMap((flat) => [...flat]),
      (value) => value / side,
    ),
    origin: Uint32Array.from(origin),
    triangles: Uint32Array.from(triangles),
    texel: side / 1024,
  }
}

/** Triangles of the skull with the neck, and of the ears, the one at x < 0 first. */
function partsOf({ positions, triangles }: Remainder): { skull: number[]; ears: number[][] } {
  const onEar = (v: number) => {
    if (v < rimVertices) return false
    const [x, up, forward] = [positions[3 * v], positions[3 * v + 1] - ear.y, positions[3 * v + 2] - ear.z]
    const plane = ear.out + ear.outByHeight * up + ear.outByDepth * forward
    return Math.abs(x) > plane && Math.hypot(up, ear.narrower * forward) < ear.reach
  }
  const list = Array.from({ length: triangles.length / 3 }, (_, t) => [
    ...triangles.subarray(3 * t, 3 * t + 3),
  ])
  const left = (corners: number[]) => corners.reduce((sum, v) => sum + positions[3 * v], 0) < 0
  const ears = [true, false].map(
    (wanted) => components(list.filter((corners) => corners.every(onEar) && left(corners) === wanted))[0],
  )
  const taken = new Set(ears.flat())
  // What only an ear surrounds belongs to it.
  const [skull, ...islands] = components(list.filter((corners) => !taken.has(corners)))
  for (const island of islands) ears[left(island[0]) ? 0 : 1].push(...island)
  return { skull: skull.flat(), ears: ears.map((corners) => corners.flat()) }
}

/** Triangles that hang together by their corners, the most first. */
function components(list: number[][]): number[][][] {
  const around = Map.groupBy(
    list.flatMap((corners) => corners.map((v) => ({ v, corners }))),
    ({ v }) => v,
  )
  const seen = new Set<number[]>()
  const found: number[][][] = []
  for (const first of list) {
    if (seen.has(first)) continue
    const component = new Set([first])
    for (const corners of component)
      for (const v of corners) for (const next of around.get(v)!) component.add(next.corners)
    for (const corners of component) seen.add(corners)
    found.push([...component])
  }
  return found.sort((a, b) => b.length - a.length)
}

function chartOf(triangles: number[]): Chart {
  const origin = [...new Set(triangles)].sort((a, b) => a - b)
  const place = new Map(origin.map((v, i) => [v, i]))
  return { origin, triangles: triangles.map((v) => place.get(v)!) }
}

/** The skull cut open from the bottom of the neck up the back's middle: its vertices there are two each. */
function cutOpen({ origin, triangles }: Chart, positions: Float64Array): Chart {
  const at = (v: number, c: number) => positions[3 * origin[v] + c]
  const line = origin
    .map((_, v) => v)
    .filter((v) => Math.abs(at(v, 0)) < 0.02 && at(v, 2) < cutEnd)
    .sort((a, b) => at(a, 1) - at(b, 1))
  const copies = new Map(line.slice(0, -1).map((v, i) => [v, origin.length + i]))
  const cut = triangles.slice()
  for (let t = 0; t < cut.length; t += 3) {
    const corners = triangles.slice(t, t + 3)
    if (corners.reduce((sum, v) => sum + at(v, 0), 0) < 0) continue
    corners.forEach((v, k) => {
      cut[t + k] = copies.get(v) ?? v
    })
  }
  return { origin: [...origin, ...[...copies.keys()].map((v) => origin[v])], triangles: cut }
}

/** A chart with its holes filled: that of the face with the face, the others with fans. The filling comes after the chart. */
function discOf(
  { origin, triangles }: Chart,
  positions: Float64Array,
  face?: { landmarks: Float64Array; tri: ArrayLike<number> },
): Disc {
  const places = origin.flatMap((v) => [...positions.subarray(3 * v, 3 * v + 3)])
  const filled = triangles.slice()
  if (face) {
    const inner = innerLandmarks(face.tri)
    filled.push(...faceTriangles(face.tri, inner, places.length / 3))
    for (const v of inner) places.push(...face.landmarks.subarray(3 * v, 3 * v + 3))
  }
  const [border, ...holes] = borderLoops(filled)
  for (const hole of holes) {
    const middle = places.length / 3
    places.push(...[0, 1, 2].map((c) => hole.reduce((sum, v) => sum + places[3 * v + c], 0) / hole.length))
    hole.forEach((v, i) => {
      filled.push(hole[(i + 1) % hole.length], v, middle)
    })
  }
  return { positions: Float64Array.from(places), triangles: Uint32Array.from(filled), border }
}

/** The landmarks of the mesh that are not on its rim. */
function innerLandmarks(tri: ArrayLike<number>): number[] {
  return [...new Set(Array.from(tri))].filter((v) => !faceOutline.includes(v))
}

/**
 * The landmarks' mesh, of which the rim's 72 vertices, 0 to 71, are the border.
 *
 * @param first the vertex that the first of the inner landmarks becomes
 */
function faceTriangles(tri: ArrayLike<number>, inner: number[], first: number): number[] {
  // The rim runs against the outline, and has a vertex between each two landmarks.
  const onRim = new Map(
    faceOutline.map((landmark, i) => [landmark, 2 * ((faceOutline.length - i) % faceOutline.length)]),
  )
  const place = new Map([...onRim, ...inner.map((v, i): [number, number] => [v, first + i])])
  const own = (landmark: number) => place.get(landmark)!
  const triangles: number[] = []
  for (let t = 0; t < tri.length; t += 3) {
    const corners = [tri[t], tri[t + 1], tri[t + 2]]
    const split = corners.findIndex((v, k) => {
      const [a, b] = [onRim.get(v), onRim.get(corners[(k + 1) % 3])]
      return a !== undefined && b === (a + 2) % rimVertices
    })
    if (split < 0) {
      triangles.push(...corners.map(own))
      continue
    }
    const [a, b, c] = [0, 1, 2].map((k) => own(corners[(split + k) % 3]))
    triangles.push(a, a + 1, c, a + 1, b, c)
  }
  return triangles
}

/**
 * Lays a disc out, and turns it so that what is higher on the head lies higher, with v down, in the corner of the plane.
 *
 * @returns the chart's vertices x 2, centimetres
 */
function flatten(disc: Disc, { origin, triangles }: Chart, positions: Float64Array): Float64Array {
  const laid = asRigidAsPossible(disc, tutte(disc), passes, triangles.length / 3)
  const mean = (value: (i: number) => number) =>
    origin.reduce((sum, _, i) => sum + value(i), 0) / origin.length
  const height = (i: number) => positions[3 * origin[i] + 1]
  const middle = mean(height)
  const up = [0, 1].map((c) => mean((i) => laid[2 * i + c] * (height(i) - middle)))
  const [x, y] = up.map((value) => value / Math.hypot(...up))
  const turned = origin.map((_, i) => {
    const [a, b] = [laid[2 * i], laid[2 * i + 1]]
    return [y * a - x * b, -(x * a + y * b)]
  })
  const corner = [0, 1].map((c) => Math.min(...turned.map((point) => point[c])))
  return Float64Array.from(turned.flatMap((point) => point.map((value, c) => value - corner[c])))
}

/** Turned by a right angle: what was above comes to lie on the left, or else on the right. */
function quarterTurned(flat: Float64Array, left: boolean): Float64Array {
  const [width, height] = extent(flat)
  return flat.map((_, i) => {
    if (i % 2 === 0) return left ? flat[i + 1] : height - flat[i + 1]
    return left ? width - flat[i - 1] : flat[i - 1]
  })
}

function extent(flat: Float64Array): [number, number] {
  const [width, height] = [0, 1].map((c) =>
    flat.reduce((most, v, i) => (i % 2 === c ? Math.max(most, v) : most), 0),
  )
  return [width, height]
}
