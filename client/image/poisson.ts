/**
 * Gradient-domain composition: the image whose differences come closest to the wanted ones (Perez et al., "Poisson image
 * editing", 2003), with an optional pull towards a target. Conjugate gradients, preconditioned by one multigrid cycle.
 */

import { buildLevels, cycle, type Level } from './multigrid.ts'

export interface ScreenedPoisson {
  width: number
  height: number
  channels: number
  /** height x width x channels: wanted u(x + 1, y) - u(x, y). Used where both texels lie in the domain. */
  gx: Float32Array
  /** height x width x channels: wanted u(x, y + 1) - u(x, y). */
  gy: Float32Array
  /** height x width, not 0 where u is wanted. Links across its edge do not exist (natural boundary). */
  domain: Uint8Array
  /** height x width, not 0 where u is held at `values`. */
  fixed: Uint8Array
  /** height x width x channels. */
  values: Float32Array
  /** height x width, at least 0: strength of the pull of u towards `target`. Default: none. */
  screen?: Float32Array
  /** height x width x channels. Default: 0. */
  target?: Float32Array
  /** height x width x channels: where the iteration starts. Default: 0. */
  initial?: Float32Array
  /** Residual over right-hand side at which a channel is done. Default 1e-5. */
  tolerance?: number
}

/** A part that nothing holds (neither fixed texels nor screen) gets this little screen, to have one solution. */
const anchor = 1e-6
const maxIterations = 200

/**
 * Minimises `sum |grad u - g|^2 + sum screen (u - target)^2` over the domain, u = values on fixed texels.
 *
 * A connected part of the domain with neither a fixed texel nor screen is determined by its gradients up to a constant
 * and gets the mean of `initial` there.
 *
 * @returns height x width x channels; `values` on fixed texels, 0 outside the domain
 * @throws Error where the iteration does not converge (values that are not finite, for example)
 */
export function solveScreenedPoisson(problem: ScreenedPoisson): Float32Array {
  const { width, height, channels, domain, fixed, values } = problem
  const count = width * height
  const lengths = [problem.gx, problem.gy, values, problem.target, problem.initial].map(
    (data) => data?.length,
  )
  if (lengths.some((length) => length !== undefined && length !== count * channels)) {
    throw new Error(
      `A Poisson problem of ${width} x ${height} x ${channels} got arrays of ${lengths} values.`,
    )
  }
  const screen = problem.screen ? problem.screen.slice() : new Float32Array(count)
  const loose = looseParts(problem)
  for (const part of loose) for (const i of part) screen[i] = anchor
  const levels = buildLevels(width, height, domain, fixed, screen)
  const result = new Float32Array(count * channels)
  for (let c = 0; c < channels; c++) {
    solveChannel(problem, levels, c, result)
    for (const part of loose) giveMean(result, problem.initial, part, channels, c)
  }
  for (let i = 0; i < count; i++) {
    if (!domain[i] || !fixed[i]) continue
    for (let c = 0; c < channels; c++) result[i * channels + c] = values[i * channels + c]
  }
  return result
}

/** The connected sets of free texels that neither a fixed neighbour nor a screen holds. */
function looseParts({ width, height, domain, fixed, screen }: ScreenedPoisson): number[][] {
  const parts: number[][] = []
  const seen = new Uint8Array(width * height)
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !domain[start] || fixed[start]) continue
    seen[start] = 1
    const part = [start]
    let held = false
    for (let k = 0; k < part.length; k++) {
      const i = part[k]
      const x = i % width
      if (screen && screen[i] > 0) held = true
      for (const next of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]) {
        if (next < 0 || next >= seen.length || !domain[next]) continue
        if (fixed[next]) held = true
        else if (!seen[next]) {
          seen[next] = 1
          part.push(next)
        }
      }
    }
    if (!held) parts.push(part)
  }
  return parts
}

/** Shifts one channel of a part to the mean of `initial` there. */
function giveMean(
  result: Float32Array,
  initial: Float32Array | undefined,
  part: number[],
  channels: number,
  channel: number,
): void {
  let shift = 0
  for (const texel of part) {
    const i = texel * channels + channel
    shift += ((initial ? initial[i] : 0) - result[i]) / part.length
  }
  for (const texel of part) result[texel * channels + channel] += shift
}

/** Conjugate gradients on one channel; writes the free texels of `result`. */
function solveChannel(
  problem: ScreenedPoisson,
  levels: Level[],
  channel: number,
  result: Float32Array,
): void {
  const { channels, initial, tolerance = 1e-5 } = problem
  const fine = levels[0]
  const cells = fine.texels
  const size = fine.diagonal.length
  const u = new Float64Array(size)
  const r = new Float64Array(size)
  const p = new Float64Array(size)
  const q = new Float64Array(size)

  if (initial) forTexels(problem, fine, (cell, texel) => (u[cell] = initial[texel * channels + channel]))
  const right = rightHandSide(problem, fine, channel)
  const goal = Math.max(tolerance * Math.sqrt(dot(right, right, cells)), 1e-12)
  apply(fine, u, q)
  for (let k = 0; k < cells.length; k++) r[cells[k]] = right[cells[k]] - q[cells[k]]

  let rhoBefore = 1
  for (let iteration = 0; !(Math.sqrt(dot(r, r, cells)) <= goal); iteration++) {
    if (iteration === maxIterations) {
      throw new Error('The Poisson solve did not converge: are all its inputs finite?')
    }
    fine.right.set(r)
    const z = cycle(levels)
    const rho = dot(r, z, cells)
    const beta = iteration ? rho / rhoBefore : 0
    for (let k = 0; k < cells.length; k++) p[cells[k]] = z[cells[k]] + beta * p[cells[k]]
    apply(fine, p, q)
    const step = rho / dot(p, q, cells)
    for (let k = 0; k < cells.length; k++) {
      u[cells[k]] += step * p[cells[k]]
      r[cells[k]] -= step * q[cells[k]]
    }
    rhoBefore = rho
  }
  forTexels(problem, fine, (cell, texel) => (result[texel * channels + channel] = u[cell]))
}

/** Visits the free texels: cell of the padded grid, texel of the image. */
function forTexels(
  { width }: ScreenedPoisson,
  { texels, stride }: Level,
  visit: (cell: number, texel: number) => void,
) {
  for (let k = 0; k < texels.length; k++) {
    const row = Math.floor(texels[k] / stride)
    visit(texels[k], (row - 1) * width + (texels[k] - row * stride) - 1)
  }
}

/** Divergence of g, plus what fixed neighbours and the screen contribute. */
function rightHandSide(problem: ScreenedPoisson, fine: Level, channel: number): Float64Array {
  const { width, channels, gx, gy, domain, fixed, values, target } = problem
  const right = new Float64Array(fine.screen.length)
  forTexels(problem, fine, (cell, texel) => {
    const x = texel % width
    const i = texel * channels + channel
    let sum = target ? fine.screen[cell] * target[i] : 0
    if (x > 0 && domain[texel - 1]) {
      sum += gx[i - channels] + (fixed[texel - 1] ? values[i - channels] : 0)
    }
    if (x < width - 1 && domain[texel + 1]) sum += (fixed[texel + 1] ? values[i + channels] : 0) - gx[i]
    const row = width * channels
    if (domain[texel - width]) sum += gy[i - row] + (fixed[texel - width] ? values[i - row] : 0)
    if (domain[texel + width]) sum += (fixed[texel + width] ? values[i + row] : 0) - gy[i]
    right[cell] = sum
  })
  return right
}

/** out = A u on the free texels. */
function apply({ texels, stride, across, down, diagonal }: Level, u: Float64Array, out: Float64Array): void {
  for (let k = 0; k < texels.length; k++) {
    const i = texels[k]
    out[i] =
      diagonal[i] * u[i] -
      across[i] * u[i + 1] -
      across[i - 1] * u[i - 1] -
      down[i] * u[i + stride] -
      down[i - stride] * u[i - stride]
  }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>, texels: Int32Array): number {
  let sum = 0
  for (let k = 0; k < texels.length; k++) sum += a[texels[k]] * b[texels[k]]
  return sum
}
