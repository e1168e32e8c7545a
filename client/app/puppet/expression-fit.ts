import { meshLandmarks } from '../../face/contours.ts'
import { solve } from '../../image/linear.ts'
import { nnls } from '../../image/nnls.ts'

/** How far depth is believed beside what lies in the picture: the network guesses it. */
const depthTrust = 0.05
/** Movements of a stiff body that the pose may have left: three shifts, three turns, and its size. */
const motions = 7

/** What a shape has to explain of the landmarks to be believed: square centimetres, summed with their trust. */
export interface Cost {
  /** For each weight squared (half of it): shares what several shapes explain alike. */
  ridge: number
  /** For each weight: below it there is none, so that few shapes explain much, not many a little. */
  threshold: number
}

/**
 * Which expressions explain the landmarks of a person, measured on the person's own neutral face: non-negative least squares
 * on a head's shapes. What a stiff body may do is an unknown as well and is eliminated first, so that an open jaw, which pulls
 * the pose along, is not taken for a nod.
 */
export class ExpressionFit {
  readonly #neutral: Float32Array
  readonly #count: number
  /** (n + 7) x 468 x 3: the shapes, then the motions. */
  readonly #columns: Float32Array
  readonly #trust: Float32Array
  readonly #costs: readonly Cost[]
  /** Inner products of the columns by pairs of axes (xx, xy, xz, yy, yz, zz), trust included: the viewer's side may be any. */
  readonly #products: Float64Array[]
  readonly #weights: Float64Array

  /**
   * @param neutral 468 x 3, centimetres, head frame
   * @param shapes n x 468 x 3, likewise
   * @param trust 468, at least 0
   * @param costs n
   */
  constructor(neutral: Float32Array, shapes: Float32Array, trust: Float32Array, costs: readonly Cost[]) {
    const stride = 3 * meshLandmarks
    this.#neutral = neutral
    this.#count = shapes.length / stride
    this.#columns = new Float32Array(shapes.length + motions * stride)
    this.#columns.set(shapes)
    this.#columns.set(stiffMotions(neutral), shapes.length)
    this.#trust = trust
    this.#costs = costs
    this.#products = axisPairs.map(([a, b]) => this.#productsAlong(a, b))
    this.#weights = new Float64Array(this.#count)
  }

  /**
   * @param points 468 x 3, centimetres, taken out of the pose (neutral's frame)
   * @param viewer where the viewer is: a unit vector in that frame
   * @param caution at least 1: the thresholds' multiple
   * @returns n weights, 0..1 (the same array each time), and the turn that the pose left: radians about x, y and z
   */
  solve(
    points: Float32Array,
    viewer: ArrayLike<number>,
    caution = 1,
  ): { weights: Float64Array; turn: Float64Array } {
    const [n, all] = [this.#count, this.#count + motions]
    const gram = this.#gram(viewer)
    const right = this.#right(points, viewer)
    // The motions as they follow from the weights: `M = C^-1 (r - B'w)`, put into the equations of the weights.
    const inverse = Array.from({ length: n + 1 }, (_, k) => {
      const system = new Float64Array(motions * (motions + 1))
      for (let i = 0; i < motions; i++) {
        for (let j = 0; j < motions; j++) system[i * (motions + 1) + j] = gram[(n + i) * all + n + j]
        system[i * (motions + 1) + motions] = k < n ? gram[(n + i) * all + k] : right[n + i]
      }
      return solve(system, motions)
    })
    const reduced = new Float64Array(n * n)
    const reducedRight = new Float64Array(n)
    const without = (row: number, of: Float64Array) => {
      let sum = 0
      for (let i = 0; i < motions; i++) sum += gram[row * all + n + i] * of[i]
      return sum
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) reduced[i * n + j] = gram[i * all + j] - without(i, inverse[j])
      reduced[i * n + i] += this.#costs[i].ridge
      reducedRight[i] = right[i] - without(i, inverse[n]) - caution * this.#costs[i].threshold
    }
    nnls(reduced, reducedRight, this.#weights)
    const turn = Float64Array.from([3, 4, 5], (m) =>
      this.#weights.reduce((left, w, k) => left - w * inverse[k][m], inverse[n][m]),
    )
    return { weights: this.#weights, turn }
  }

  /** Along the line of sight, which is `viewer`'s, a difference counts less. */
  #gram(viewer: ArrayLike<number>): Float64Array {
    const gram = new Float64Array(this.#products[0].length)
    for (const [p, [a, b]] of axisPairs.entries()) {
      const product = this.#products[p]
      // Off the diagonal a pair of axes stands for two.
      const share = (a === b ? 1 : 0) - (1 - depthTrust) * viewer[a] * viewer[b]
      for (let i = 0; i < gram.length; i++) gram[i] += share * product[i]
    }
    return gram
  }

  #right(points: Float32Array, viewer: ArrayLike<number>): Float64Array {
    const pulled = new Float32Array(points.length)
    for (let i = 0; i < points.length; i += 3) {
      const d = [0, 1, 2].map((c) => points[i + c] - this.#neutral[i + c])
      const depth = (1 - depthTrust) * (d[0] * viewer[0] + d[1] * viewer[1] + d[2] * viewer[2])
      for (let c = 0; c < 3; c++) pulled[i + c] = this.#trust[i / 3] * (d[c] - depth * viewer[c])
    }
    return Float64Array.from({ length: this.#count + motions }, (_, k) => {
      let sum = 0
      for (let i = 0; i < points.length; i++) sum += this.#columns[k * points.length + i] * pulled[i]
      return sum
    })
  }

  /** (n + 7) x (n + 7); of two different axes the sum of both orders. */
  #productsAlong(a: number, b: number): Float64Array {
    const all = this.#count + motions
    const stride = 3 * meshLandmarks
    const products = new Float64Array(all * all)
    const columns = this.#columns
    for (let k = 0; k < all; k++)
      for (let l = 0; l <= k; l++) {
        let sum = 0
        for (let v = 0; v < meshLandmarks; v++) {
          const [i, j] = [k * stride + 3 * v, l * stride + 3 * v]
          const product = columns[i + a] * columns[j + b]
          sum += this.#trust[v] * (a === b ? product : product + columns[i + b] * columns[j + a])
        }
        products[k * all + l] = products[l * all + k] = sum
      }
    return products
  }
}

const axisPairs = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
] as const

/** 7 x 468 x 3: what a small shift along, turn about (both x, y, z) and growth do to each point. */
function stiffMotions(points: Float32Array): Float32Array {
  const stride = points.length
  const result = new Float32Array(motions * stride)
  for (let i = 0; i < stride; i += 3) {
    const [x, y, z] = points.subarray(i, i + 3)
    for (let c = 0; c < 3; c++) result[c * stride + i + c] = 1
    result.set([0, -z, y], 3 * stride + i)
    result.set([z, 0, -x], 4 * stride + i)
    result.set([-y, x, 0], 5 * stride + i)
    result.set([x, y, z], 6 * stride + i)
  }
  return result
}
