/**
 * Solves n linear equations by elimination.
 *
 * @param system n x (n + 1), row-major, the right-hand side as last column; symmetric and positive definite, so that no
 *   pivot has to be looked for. Overwritten
 * @returns n
 * @example solve(Float64Array.of(2, 0, 6, 0, 4, 8), 2) // -> [3, 2]
 */
export function solve(system: Float64Array, n: number): Float64Array {
  const width = n + 1
  for (let i = 0; i < n; i++)
    for (let row = i + 1; row < n; row++) {
      const factor = system[row * width + i] / system[i * width + i]
      for (let column = i; column < width; column++)
        system[row * width + column] -= factor * system[i * width + column]
    }
  const solution = new Float64Array(n)
  for (let i = n - 1; i >= 0; i--) {
    let value = system[i * width + n]
    for (let column = i + 1; column < n; column++) value -= system[i * width + column] * solution[column]
    solution[i] = value / system[i * width + i]
  }
  return solution
}
