/**
 * Gradient-domain composition: the image whose differences come closest to the wanted ones (Perez et al., "Poisson image
 * editing", 2003), with an optional pull towards a target. Conjugate gradients, preconditioned by one multigrid cycle.
 */

import { buildLevels, cycle, type Level, lanes } from './multigrid.ts'

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
  const levels = buildLevels(width, height, { domain, fixed, screen })
  const result = new Float32Array(count * channels)
  for (let first = 0; first < channels; first += lanes) solveLanes(problem, levels, first, result)
  for (const part of loose)
    for (let c = 0; c < channels; c++) giveMean(result, problem.initial, part, channels, c)
  for (let i = 0; i < count; i++) {
    if (!domain[i] || !fixed[i]) continue
    for (let c = 0; c < channels; c++) result[i * channels + c] = values[i * channels + c]
  }
  return result
}

/** The connected sets of free texels that neither a fixed neighbour nor a screen holds. */
function looseParts({ width, height, domain, fixed, screen }: ScreenedPoisson): Int32Array[] {
  const parts: Int32Array[] = []
  const seen = new Uint8Array(width * height)
  const part = new Int32Array(seen.length)
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !domain[start] || fixed[start]) continue
    seen[start] = 1
    part[0] = start
    let length = 1
    let held = false
    const visit = (next: number) => {
      if (!domain[next]) return
      if (fixed[next]) held = true
      else if (!seen[next]) {
        seen[next] = 1
        part[length++] = next
      }
    }
    for (let k = 0; k < length; k++) {
      const i = part[k]
      const x = i % width
      if (screen && screen[i] > 0) held = true
      if (x > 0) visit(i - 1)
      if (x < width - 1) visit(i + 1)
      if (i >= width) visit(i - width)
      if (i + width < seen.length) visit(i + width)
    }
    if (!held) parts.push(part.slice(0, length))
  }
  return parts
}

/** Shifts one channel of a part to the mean of `initial` there. */
function giveMean(
  result: Float32Array,
  initial: Float32Array | undefined,
  part: Int32Array,
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

/**
 * Conjugate gradients on as many channels as there are lanes, from one of them on; writes the free texels of `result`. Lanes beyond
 * the last channel stay 0.
 */
function solveLanes(problem: ScreenedPoisson, levels: Level[], first: number, result: Float32Array): void {
  const { width, channels, initial, tolerance = 1e-5 } = problem
  const used = Math.min(lanes, channels - first)
  const fine = levels[0]
  const { cells, stride } = fine
  const texels = cells.map((cell) => {
    const row = Math.floor(cell / stride)
    return (row - 1) * width + (cell - row * stride) - 1
  })
  // By cell of the padded grid, where neighbours are looked up. The others have only the free texels, one after the other.
  const p = new Float32Array(fine.solution.length)
  const u = new Float64Array(lanes * cells.length)
  const q = new Float64Array(u.length)
  const r = rightHandSide(problem, fine, texels, first)

  const goals = squares(r).map((square) => Math.max(tolerance * Math.sqrt(square), 1e-12))
  if (initial) {
    for (let k = 0; k < cells.length; k++)
      for (let c = 0; c < used; c++)
        p[lanes * cells[k] + c] = u[lanes * k + c] = initial[texels[k] * channels + first + c]
    apply(fine, p, q)
    for (let i = 0; i < r.length; i++) r[i] -= q[i]
    p.fill(0)
  }
  let rhoBefore: Float64Array | null = null
  for (let iteration = 0; ; iteration++) {
    const going = squares(r).map((square, c) => (Math.sqrt(square) <= goals[c] ? 0 : 1))
    if (!going.includes(1)) break
    if (iteration === maxIterations) {
      throw new Error('The Poisson solve did not converge: are all its inputs finite?')
    }
    for (let k = 0, i = 0; k < cells.length; k++) {
      const at = lanes * cells[k]
      fine.right[at] = r[i++]
      fine.right[at + 1] = r[i++]
      fine.right[at + 2] = r[i++]
    }
    const z = cycle(levels)
    const rho = products(fine, z, r)
    const beta = rho.map((value, c) => (rhoBefore?.[c] ? value / rhoBefore[c] : 0))
    turn(fine, p, z, beta)
    apply(fine, p, q)
    const curvature = products(fine, p, q)
    // A channel that is done stays as it is.
    const step = rho.map((value, c) => (going[c] ? value / curvature[c] : 0))
    advance(fine, step, { p, q, u, r })
    rhoBefore = rho
  }
  for (let k = 0; k < cells.length; k++)
    for (let c = 0; c < used; c++) result[texels[k] * channels + first + c] = u[lanes * k + c]
}

/**
 * Divergence of g, plus what fixed neighbours and the screen contribute.
 *
 * @param texels of the image, that of each free cell
 * @returns cells x lanes
 */
function rightHandSide(
  problem: ScreenedPoisson,
  fine: Level,
  texels: Int32Array,
  first: number,
): Float64Array {
  const { width, height, channels, gx, gy, domain, fixed, values, target } = problem
  const row = width * channels
  const right = new Float64Array(lanes * texels.length)
  const used = Math.min(lanes, channels - first)
  for (let k = 0; k < texels.length; k++) {
    const texel = texels[k]
    const x = texel % width
    const left = x > 0 && domain[texel - 1]
    const beside = x < width - 1 && domain[texel + 1]
    const above = texel >= width && domain[texel - width]
    const below = texel < width * (height - 1) && domain[texel + width]
    const pull = target ? fine.screen[fine.cells[k]] : 0
    for (let c = 0, i = texel * channels + first; c < used; c++, i++) {
      let sum = target ? pull * target[i] : 0
      if (left) sum += gx[i - channels] + (fixed[texel - 1] ? values[i - channels] : 0)
      if (beside) sum += (fixed[texel + 1] ? values[i + channels] : 0) - gx[i]
      if (above) sum += gy[i - row] + (fixed[texel - width] ? values[i - row] : 0)
      if (below) sum += (fixed[texel + width] ? values[i + row] : 0) - gy[i]
      right[lanes * k + c] = sum
    }
  }
  return right
}

/** out = A p on the free texels. */
function apply({ cells, stride, across, down, diagonal }: Level, p: Float32Array, out: Float64Array): void {
  const row = lanes * stride
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k]
    const own = diagonal[cell]
    const right = across[cell]
    const left = across[cell - 1]
    const below = down[cell]
    const above = down[cell - stride]
    const i = lanes * cell
    const o = lanes * k
    out[o] = own * p[i] - right * p[i + 3] - left * p[i - 3] - below * p[i + row] - above * p[i - row]
    out[o + 1] =
      own * p[i + 1] - right * p[i + 4] - left * p[i - 2] - below * p[i + row + 1] - above * p[i - row + 1]
    out[o + 2] =
      own * p[i + 2] - right * p[i + 5] - left * p[i - 1] - below * p[i + row + 2] - above * p[i - row + 2]
  }
}

/** p = z + beta p, by cells */
function turn({ cells }: Level, p: Float32Array, z: Float32Array, beta: Float64Array): void {
  const [b0, b1, b2] = beta
  for (let k = 0; k < cells.length; k++) {
    const i = lanes * cells[k]
    p[i] = z[i] + b0 * p[i]
    p[i + 1] = z[i + 1] + b1 * p[i + 1]
    p[i + 2] = z[i + 2] + b2 * p[i + 2]
  }
}

/** u += step p, r -= step q */
function advance(
  { cells }: Level,
  step: Float64Array,
  { p, q, u, r }: { p: Float32Array; q: Float64Array; u: Float64Array; r: Float64Array },
): void {
  const [s0, s1, s2] = step
  for (let k = 0; k < cells.length; k++) {
    const i = lanes * cells[k]
    const o = lanes * k
    u[o] += s0 * p[i]
    u[o + 1] += s1 * p[i + 1]
    u[o + 2] += s2 * p[i + 2]
    r[o] -= s0 * q[o]
    r[o + 1] -= s1 * q[o + 1]
    r[o + 2] -= s2 * q[o + 2]
  }
}

/** The scalar product of each lane. @param a by cells of the padded grid @param b by free texels */
function products({ cells }: Level, a: Float32Array, b: Float64Array): Float64Array {
  let [x, y, z] = [0, 0, 0]
  for (let k = 0; k < cells.length; k++) {
    const i = lanes * cells[k]
    const o = lanes * k
    x += a[i] * b[o]
    y += a[i + 1] * b[o + 1]
    z += a[i + 2] * b[o + 2]
  }
  return Float64Array.of(x, y, z)
}

function squares(a: Float64Array): Float64Array {
  let [x, y, z] = [0, 0, 0]
  for (let i = 0; i < a.length; i += lanes) {
    x += a[i] * a[i]
    y += a[i + 1] * a[i + 1]
    z += a[i + 2] * a[i + 2]
  }
  return Float64Array.of(x, y, z)
}
