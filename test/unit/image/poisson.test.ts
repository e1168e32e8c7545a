import { describe, expect, it } from 'vitest'
import { type ScreenedPoisson, solveScreenedPoisson } from '../../../client/image/poisson.ts'

/** Deterministic pseudo-random numbers in 0..1. */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

/** Normal equations of the energy, written down link by link and solved by Gaussian elimination. */
function solveDirectly(problem: ScreenedPoisson): Float64Array {
  const { width, height, channels, gx, gy, domain, fixed, values, screen, target } = problem
  const count = width * height
  const result = new Float64Array(count * channels)
  for (let c = 0; c < channels; c++) {
    const rows = Array.from({ length: count }, () => new Float64Array(count + 1))
    const link = (a: number, b: number, g: number) => {
      if (!domain[a] || !domain[b]) return
      rows[a][a]++
      rows[a][b]--
      rows[a][count] -= g
      rows[b][b]++
      rows[b][a]--
      rows[b][count] += g
    }
    for (let i = 0; i < count; i++) {
      if (i % width < width - 1) link(i, i + 1, gx[i * channels + c])
      if (i + width < count) link(i, i + width, gy[i * channels + c])
    }
    for (let i = 0; i < count; i++) {
      if (!domain[i] || fixed[i]) {
        rows[i].fill(0)
        rows[i][i] = 1
        rows[i][count] = domain[i] ? values[i * channels + c] : 0
      } else if (screen) {
        rows[i][i] += screen[i]
        rows[i][count] += screen[i] * (target?.[i * channels + c] ?? 0)
      }
    }
    for (let k = 0; k < count; k++) {
      const pivot = rows
        .slice(k)
        .reduce((best, row, j) => (Math.abs(row[k]) > Math.abs(rows[best][k]) ? k + j : best), k)
      ;[rows[k], rows[pivot]] = [rows[pivot], rows[k]]
      for (let j = 0; j < count; j++) {
        const factor = rows[j][k] / rows[k][k]
        if (j === k || factor === 0) continue
        for (let l = k; l <= count; l++) rows[j][l] -= factor * rows[k][l]
      }
    }
    for (let k = 0; k < count; k++) result[k * channels + c] = rows[k][count] / rows[k][k]
  }
  return result
}

/** Random gradients on a blob with a hole, a thin fixed line and some fixed texels. */
function irregular(width: number, height: number, seed: number): ScreenedPoisson {
  const next = random(seed)
  const count = width * height
  const image = () => Float32Array.from({ length: count * 2 }, () => next() - 0.5)
  const domain = new Uint8Array(count)
  const fixed = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const x = i % width
    const y = Math.floor(i / width)
    domain[i] = next() < 0.9 && Math.hypot(x - width / 2, y - height / 2) > 2 ? 1 : 0
    fixed[i] = (x === 3 && y > 2) || next() < 0.05 ? 1 : 0
  }
  return {
    width,
    height,
    channels: 2,
    gx: image(),
    gy: image(),
    domain,
    fixed,
    values: image(),
    tolerance: 1e-7,
  }
}

describe('solveScreenedPoisson', () => {
  it.each([1, 2, 3])('agrees with elimination on an irregular domain (%i)', (seed) => {
    const problem = irregular(17, 13, seed)
    // A part with nothing fixed in it has no unique solution: hold it a little, here and there.
    problem.screen = new Float32Array(17 * 13).fill(1e-3)
    const got = solveScreenedPoisson(problem)
    const wanted = solveDirectly(problem)
    for (let i = 0; i < wanted.length; i++) expect(got[i]).toBeCloseTo(wanted[i], 4)
  })

  it.each([4, 5])('agrees with elimination where a screen pulls to a target (%i)', (seed) => {
    const next = random(seed)
    const problem = irregular(12, 16, seed)
    problem.screen = Float32Array.from({ length: 12 * 16 }, () => next())
    problem.target = Float32Array.from({ length: 12 * 16 * 2 }, () => next())
    const got = solveScreenedPoisson(problem)
    const wanted = solveDirectly(problem)
    for (let i = 0; i < wanted.length; i++) expect(got[i]).toBeCloseTo(wanted[i], 4)
  })

  it('finds a manufactured image again from its own differences', () => {
    const n = 200
    const domain = new Uint8Array(n * n)
    const fixed = new Uint8Array(n * n)
    const truth = new Float32Array(n * n * 3)
    for (let i = 0; i < n * n; i++) {
      const x = i % n
      const y = Math.floor(i / n)
      domain[i] = Math.hypot(x - 100, (y - 100) * 1.1) < 95 && x !== 150 ? 1 : 0
      fixed[i] = x === 60 && y > 50 ? 1 : 0
      for (let c = 0; c < 3; c++)
        truth[i * 3 + c] = 3 + Math.sin(x / 17 + c) * Math.cos(y / 23) + 0.01 * ((x * y) % 7)
    }
    const gx = truth.map((value, i) => (truth[i + 3] ?? 0) - value)
    const gy = truth.map((value, i) => (truth[i + n * 3] ?? 0) - value)
    const got = solveScreenedPoisson({
      ...{ width: n, height: n, channels: 3, gx, gy, domain, fixed, values: truth },
      // The part beyond column 150 touches the rest nowhere: it takes its mean from here.
      initial: truth,
    })
    let worst = 0
    for (let i = 0; i < got.length; i++) {
      worst = Math.max(worst, Math.abs(got[i] - (domain[Math.floor(i / 3)] ? truth[i] : 0)))
    }
    expect(worst).toBeLessThan(2e-3)
  })

  it('gives a part that nothing holds the mean of `initial`', () => {
    const n = 32
    const zero = new Float32Array(n * n)
    const got = solveScreenedPoisson({
      ...{ width: n, height: n, channels: 1, gx: zero, gy: zero, values: zero, fixed: new Uint8Array(n * n) },
      domain: new Uint8Array(n * n).fill(1),
      initial: zero.map((_, i) => (i % 2 ? 1 : 2)),
    })
    for (const value of got) expect(value).toBeCloseTo(1.5, 3)
  })

  it('copies fixed texels exactly and leaves 0 outside the domain', () => {
    const problem = irregular(20, 20, 9)
    const got = solveScreenedPoisson(problem)
    for (let i = 0; i < 800; i++) {
      const texel = i >> 1
      if (!problem.domain[texel]) expect(got[i]).toBe(0)
      else if (problem.fixed[texel]) expect(got[i]).toBe(problem.values[i])
    }
  })

  it('needs few iterations at 256 px: a second at the very most', () => {
    const n = 256
    const next = random(7)
    const noise = () => Float32Array.from({ length: n * n * 3 }, next)
    const fixed = Uint8Array.from({ length: n * n }, (_, i) => (i % n < 100 || i % n === 200 ? 1 : 0))
    const start = performance.now()
    solveScreenedPoisson({
      ...{ width: n, height: n, channels: 3, gx: noise(), gy: noise(), values: noise(), fixed },
      domain: new Uint8Array(n * n).fill(1),
    })
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('says what is wrong with arrays of the wrong size', () => {
    const problem = irregular(5, 5, 1)
    expect(() => solveScreenedPoisson({ ...problem, gx: new Float32Array(3) })).toThrow('5 x 5 x 2')
  })
})
