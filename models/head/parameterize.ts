/** Laying a surface out flat. */
import { conjugateGradient, type SparseMatrix, sparseMatrix } from '../../client/image/sparse.ts'

/** A disc, that is, without holes: they are filled before, so that nothing folds over them. */
export interface Disc {
  /** V x 3, centimetres. */
  positions: Float64Array
  /** T x 3, counter-clockwise seen from outside. */
  triangles: Uint32Array
  /** The border, with the disc to its left. */
  border: number[]
}

/** Cotangents of nearly flat angles are cut to these, for both methods. */
const gentle = { least: 0.1, most: 4 }
const faithful = { least: 0.03, most: 8 }

/**
 * A harmonic map onto a round disc of the surface's area (W. Tutte, 1963, with cotangent weights): no triangle turns over.
 *
 * @returns V x 2: x, y of each vertex, counter-clockwise as seen from outside, centimetres
 */
export function tutte({ positions, triangles, border }: Disc): Float64Array {
  const vertices = positions.length / 3
  const steps = border.map((v, i) => distance(positions, v, border[(i + 1) % border.length]))
  const length = steps.reduce((sum, step) => sum + step, 0)
  const radius = Math.sqrt(surfaceArea(positions, triangles) / Math.PI)
  const flat = new Float64Array(2 * vertices)
  const place = new Int32Array(vertices)
  let along = 0
  border.forEach((v, i) => {
    const angle = (2 * Math.PI * along) / length
    flat.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * v)
    along += steps[i]
    place[v] = -1
  })
  const free: number[] = []
  for (let v = 0; v < vertices; v++) if (place[v] === 0) place[v] = free.push(v) - 1
  const laplacian = laplacianRows(vertices, triangles, cotangents(positions, triangles, gentle))
  const right = [new Float64Array(free.length), new Float64Array(free.length)]
  const rows = free.map((v, i) => {
    const row = new Map<number, number>()
    for (const [other, value] of laplacian[v]) {
      if (place[other] >= 0) row.set(place[other], value)
      else for (let c = 0; c < 2; c++) right[c][i] -= value * flat[2 * other + c]
    }
    return row
  })
  const matrix = sparseMatrix(rows)
  right.forEach((values, c) => {
    conjugateGradient(matrix, values).forEach((value, i) => {
      flat[2 * free[i] + c] = value
    })
  })
  return flat
}

/**
 * As rigid as possible (L. Liu and others, "A Local/Global Approach to Mesh Parameterization", 2008): each triangle is turned
 * to where it fits best, and the vertices to where the triangles want them, again and again.
 *
 * @param start V x 2, from {@link tutte}
 * @param watched how many of the triangles, from the first on, must not turn over: the others only fill holes
 * @returns V x 2, centimetres: the last pass in which none of them did
 * @throws Error where there was no such pass
 */
export function asRigidAsPossible(
  { positions, triangles }: Disc,
  start: Float64Array,
  passes: number,
  watched: number,
): Float64Array {
  const vertices = positions.length / 3
  const weights = cotangents(positions, triangles, faithful)
  const matrix: SparseMatrix = sparseMatrix(laplacianRows(vertices, triangles, weights))
  const shapes = flatTriangles(positions, triangles)
  let xs = Float64Array.from({ length: vertices }, (_, v) => start[2 * v])
  let ys = Float64Array.from({ length: vertices }, (_, v) => start[2 * v + 1])
  let good: Float64Array | undefined
  for (let pass = 0; pass < passes; pass++) {
    const [rightX, rightY] = [new Float64Array(vertices), new Float64Array(vertices)]
    for (let t = 0; 3 * t < triangles.length; t++) {
      const edges = [0, 1, 2].map((k) => {
        const [a, b] = [triangles[3 * t + k], triangles[3 * t + ((k + 1) % 3)]]
        const next = (k + 1) % 3
        const [x, y] = [0, 1].map((c) => shapes[6 * t + 2 * k + c] - shapes[6 * t + 2 * next + c])
        return { a, b, x, y, weight: weights[3 * t + k] }
      })
      // The turn (cos, sin) that brings the flat triangle nearest to where its corners are now.
      let [cos, sin] = [0, 0]
      for (const { a, b, x, y, weight } of edges) {
        const [dx, dy] = [xs[a] - xs[b], ys[a] - ys[b]]
        cos += weight * (dx * x + dy * y)
        sin += weight * (dy * x - dx * y)
      }
      const length = Math.hypot(cos, sin) || 1
      cos /= length
      sin /= length
      for (const { a, b, x, y, weight } of edges) {
        const [wx, wy] = [weight * (cos * x - sin * y), weight * (sin * x + cos * y)]
        rightX[a] += wx
        rightX[b] -= wx
        rightY[a] += wy
        rightY[b] -= wy
      }
    }
    xs = conjugateGradient(matrix, rightX, xs, 1e-7)
    ys = conjugateGradient(matrix, rightY, ys, 1e-7)
    const flat = Float64Array.from({ length: 2 * vertices }, (_, i) => (i % 2 === 0 ? xs : ys)[i >> 1])
    if (flatAreas(flat, triangles.subarray(0, 3 * watched)).every((area) => area > 0)) good = flat
  }
  if (!good) throw new Error('The surface folds over itself in the layout.')
  return good
}

/** Areas, negative where a triangle is turned over. @param flat V x 2 @returns T */
export function flatAreas(flat: ArrayLike<number>, triangles: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: triangles.length / 3 }, (_, t) => {
    const [a, b, c] = [0, 1, 2].map((k) => 2 * triangles[3 * t + k])
    const [ux, uy] = [flat[b] - flat[a], flat[b + 1] - flat[a + 1]]
    return (ux * (flat[c + 1] - flat[a + 1]) - uy * (flat[c] - flat[a])) / 2
  })
}

/** @param positions V x 3 @returns T */
export function areas(positions: ArrayLike<number>, triangles: ArrayLike<number>): Float64Array {
  const shapes = flatTriangles(positions, triangles)
  return Float64Array.from(
    { length: shapes.length / 6 },
    (_, t) => (shapes[6 * t + 2] * shapes[6 * t + 5]) / 2,
  )
}

function surfaceArea(positions: ArrayLike<number>, triangles: ArrayLike<number>): number {
  return areas(positions, triangles).reduce((sum, area) => sum + area, 0)
}

/** Each triangle in a plane of its own, the first corner in the origin and the second on the x axis: T x 3 x 2. */
function flatTriangles(positions: ArrayLike<number>, triangles: ArrayLike<number>): Float64Array {
  const shapes = new Float64Array(2 * triangles.length)
  for (let t = 0; 3 * t < triangles.length; t++) {
    const [a, b, c] = [0, 1, 2].map((k) => triangles[3 * t + k])
    const [ab, bc, ca] = [distance(positions, a, b), distance(positions, b, c), distance(positions, c, a)]
    const x = (ab * ab + ca * ca - bc * bc) / (2 * ab)
    shapes.set([ab, 0, x, Math.sqrt(Math.max(0, ca * ca - x * x))], 6 * t + 2)
  }
  return shapes
}

/** Half the cotangent of the angle across each edge (0 1, 1 2, 2 0) of each triangle, within limits: T x 3. */
function cotangents(
  positions: ArrayLike<number>,
  triangles: ArrayLike<number>,
  { least, most }: { least: number; most: number },
): Float64Array {
  const shapes = flatTriangles(positions, triangles)
  return Float64Array.from(triangles, (_, i) => {
    const [t, k] = [Math.floor(i / 3), i % 3]
    const at = (corner: number, c: number) => shapes[6 * t + 2 * (corner % 3) + c]
    const [ux, uy, vx, vy] = [k, k + 1].flatMap((corner) => [0, 1].map((c) => at(corner, c) - at(k + 2, c)))
    const cotangent = (ux * vx + uy * vy) / Math.max(1e-6, Math.abs(ux * vy - uy * vx))
    return Math.min(most, Math.max(least, cotangent)) / 2
  })
}

function laplacianRows(
  vertices: number,
  triangles: ArrayLike<number>,
  weights: Float64Array,
): Map<number, number>[] {
  const rows: Map<number, number>[] = Array.from({ length: vertices }, (_, v) => new Map([[v, 0]]))
  const add = (a: number, b: number, value: number) => rows[a].set(b, (rows[a].get(b) ?? 0) + value)
  for (let i = 0; i < triangles.length; i++) {
    const [a, b] = [triangles[i], triangles[i % 3 === 2 ? i - 2 : i + 1]]
    add(a, b, -weights[i])
    add(b, a, -weights[i])
    add(a, a, weights[i])
    add(b, b, weights[i])
  }
  return rows
}

function distance(positions: ArrayLike<number>, a: number, b: number): number {
  const [x, y, z] = [0, 1, 2].map((c) => positions[3 * a + c] - positions[3 * b + c])
  return Math.hypot(x, y, z)
}
