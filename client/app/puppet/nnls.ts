/** Passes over all unknowns: from the last frame's weights ten are usual. */
const mostPasses = 200
/** A pass that changes no unknown by more than this is the last. */
const settled = 1e-4

/**
 * Least squares with bounds: the x in 0..1 that minimises `x'Gx / 2 - b'x`, by coordinate descent. Each step is the exact
 * minimum over one unknown, so the value only falls, and where `G` is positive definite there is one minimum to fall to.
 *
 * @param gram n x n, symmetric, positive definite: `A'A` of the equations `Ax = y`, and what regularises them
 * @param right n: `A'y`
 * @param x n: where to begin; overwritten with the solution
 * @returns x
 * @example nnls(Float64Array.of(1, 0, 0, 1), Float64Array.of(-1, 0.5), new Float64Array(2)) // -> [0, 0.5]
 */
export function nnls(gram: Float64Array, right: Float64Array, x: Float64Array): Float64Array {
  const n = x.length
  for (let pass = 0; pass < mostPasses; pass++) {
    let change = 0
    for (let i = 0; i < n; i++) {
      let slope = right[i]
      for (let j = 0; j < n; j++) slope -= gram[i * n + j] * x[j]
      const next = Math.max(0, Math.min(1, x[i] + slope / gram[i * n + i]))
      change = Math.max(change, Math.abs(next - x[i]))
      x[i] = next
    }
    if (change < settled) break
  }
  return x
}
