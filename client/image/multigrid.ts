/**
 * One V-cycle for the screened Poisson equation on an irregular set of texels: cell-centred levels of half the size each,
 * red-black Gauss-Seidel, linear interpolation along existing links only. Symmetric, so that conjugate gradients may use
 * it as a preconditioner.
 */

/** A grid with one ring of empty cells around it: cell (x, y) is (y + 1) * stride + x + 1. */
export interface Level {
  stride: number
  /** Cells with an unknown, red ones ((x + y) even) first. */
  texels: Int32Array
  /** How many of them are red. */
  red: number
  /** Weight of the link to the cell at the right; 0 = none. */
  across: Float32Array
  /** Weight of the link to the cell below. */
  down: Float32Array
  /** Weight of the links to fixed cells. */
  held: Float32Array
  /** Pull towards the target. */
  screen: Float32Array
  /** Sum of all of the above around the cell; 0 where there is no unknown. */
  diagonal: Float32Array
  inverse: Float32Array
  /** Per entry of `texels`: the coarse cell it belongs to and the two next to it, see {@link prolong}. */
  parents: Int32Array
  right: Float32Array
  solution: Float32Array
  residual: Float32Array
}

const smoothings = 2
const coarsestSweeps = 12
const coarsestCells = 24

/**
 * The hierarchy for the free texels (in `domain`, not `fixed`).
 *
 * Halving the resolution leaves the weight of a link in two dimensions as it is, so a coarse link is half the sum of the
 * (at most two) fine links that it stands for; the screen is a mass and adds up. So do the links to fixed texels, which
 * stay as near as they are: halved, they cost half as many iterations again at thin lines of fixed texels.
 *
 * @param domain height x width, not 0 where there is a texel
 * @param fixed height x width, not 0 where its value is held
 * @param screen height x width, at least 0
 * @returns finest first
 */
export function buildLevels(
  width: number,
  height: number,
  domain: Uint8Array,
  fixed: Uint8Array,
  screen: Float32Array,
): Level[] {
  const levels = [finest(width, height, domain, fixed, screen)]
  let [w, h] = [width, height]
  while (levels[levels.length - 1].texels.length > coarsestCells) {
    levels.push(coarser(levels[levels.length - 1], w, h))
    w = Math.ceil(w / 2)
    h = Math.ceil(h / 2)
    if (w <= 1 && h <= 1) break
  }
  return levels
}

function empty(width: number, height: number): Level {
  const stride = width + 2
  const array = () => new Float32Array(stride * (height + 2))
  return {
    stride,
    texels: new Int32Array(),
    red: 0,
    across: array(),
    down: array(),
    held: array(),
    screen: array(),
    diagonal: array(),
    inverse: array(),
    parents: new Int32Array(),
    right: array(),
    solution: array(),
    residual: array(),
  }
}

function finest(width: number, height: number, domain: Uint8Array, fixed: Uint8Array, screen: Float32Array) {
  const level = empty(width, height)
  const free = new Uint8Array(level.diagonal.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (!domain[i]) continue
      const cell = (y + 1) * level.stride + x + 1
      free[cell] = fixed[i] ? 0 : 1
      level.screen[cell] = free[cell] * screen[i]
      if (x + 1 < width && domain[i + 1])
        join(level.across, level.held, cell, cell + 1, fixed[i], fixed[i + 1])
      if (y + 1 < height && domain[i + width]) {
        join(level.down, level.held, cell, cell + level.stride, fixed[i], fixed[i + width])
      }
    }
  }
  return finish(level, width, height, free)
}

/** A link between two texels of the domain: between unknowns, or from one to a fixed texel. */
function join(links: Float32Array, held: Float32Array, a: number, b: number, fixedA: number, fixedB: number) {
  if (!fixedA && !fixedB) links[a] = 1
  else if (!fixedA) held[a]++
  else if (!fixedB) held[b]++
}

function coarser(fine: Level, width: number, height: number): Level {
  const level = empty(Math.ceil(width / 2), Math.ceil(height / 2))
  const free = new Uint8Array(level.diagonal.length)
  for (const i of fine.texels) {
    const parent = parentOf(fine, level, i)
    free[parent] = 1
    level.screen[parent] += fine.screen[i]
    level.held[parent] += fine.held[i]
    if (parentOf(fine, level, i + 1) !== parent) level.across[parent] += fine.across[i] / 2
    if (parentOf(fine, level, i + fine.stride) !== parent) level.down[parent] += fine.down[i] / 2
  }
  finish(level, Math.ceil(width / 2), Math.ceil(height / 2), free)
  fine.parents = parentsOf(fine, level)
  return level
}

function parentOf(fine: Level, coarse: Level, cell: number): number {
  const y = Math.floor(cell / fine.stride) - 1
  const x = (cell % fine.stride) - 1
  return ((y >> 1) + 1) * coarse.stride + (x >> 1) + 1
}

function finish(level: Level, width: number, height: number, free: Uint8Array): Level {
  const { stride, across, down, diagonal } = level
  const colours: number[][] = [[], []]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y + 1) * stride + x + 1
      if (!free[i]) continue
      colours[(x + y) % 2].push(i)
      diagonal[i] = level.screen[i] + level.held[i] + across[i] + across[i - 1] + down[i] + down[i - stride]
      level.inverse[i] = diagonal[i] > 0 ? 1 / diagonal[i] : 0
    }
  }
  level.texels = Int32Array.from([...colours[0], ...colours[1]])
  level.red = colours[0].length
  return level
}

/** One V-cycle from 0 for the right-hand side in `levels[0].right`. @returns `levels[0].solution`, cells of its padded grid */
export function cycle(levels: Level[]): Float32Array {
  descend(levels, 0)
  return levels[0].solution
}

function descend(levels: Level[], index: number): void {
  const level = levels[index]
  level.solution.fill(0)
  if (index === levels.length - 1) {
    for (let k = 0; k < coarsestSweeps; k++) smooth(level, true)
    for (let k = 0; k < coarsestSweeps; k++) smooth(level, false)
    return
  }
  for (let k = 0; k < smoothings; k++) smooth(level, true)
  restrict(level, levels[index + 1])
  descend(levels, index + 1)
  prolong(level, levels[index + 1])
  for (let k = 0; k < smoothings; k++) smooth(level, false)
}

/** One Gauss-Seidel sweep, red cells first or (the transpose) black ones first. */
function smooth(level: Level, redFirst: boolean): void {
  const { red, texels } = level
  if (redFirst) relax(level, 0, red)
  relax(level, red, texels.length)
  if (!redFirst) relax(level, 0, red)
}

function relax(
  { stride, texels, across, down, inverse, right, solution }: Level,
  from: number,
  to: number,
): void {
  for (let k = from; k < to; k++) {
    const i = texels[k]
    solution[i] =
      inverse[i] *
      (right[i] +
        across[i] * solution[i + 1] +
        across[i - 1] * solution[i - 1] +
        down[i] * solution[i + stride] +
        down[i - stride] * solution[i - stride])
  }
}

/** Transpose of {@link prolong} on the fine residual. */
function restrict(fine: Level, coarse: Level): void {
  const { stride, texels, across, down, diagonal, parents, right, solution, residual } = fine
  for (let k = 0; k < texels.length; k++) {
    const i = texels[k]
    residual[i] =
      right[i] -
      diagonal[i] * solution[i] +
      across[i] * solution[i + 1] +
      across[i - 1] * solution[i - 1] +
      down[i] * solution[i + stride] +
      down[i - stride] * solution[i - stride]
  }
  coarse.right.fill(0)
  const sums = coarse.right
  for (let k = 0, n = 0; k < texels.length; k++) {
    const value = residual[texels[k]]
    sums[parents[n++]] += 0.5 * value
    sums[parents[n++]] += 0.25 * value
    sums[parents[n++]] += 0.25 * value
  }
}

/** Adds the coarse solution: own block 1/2, the two blocks nearest to the cell 1/4 each. */
function prolong({ texels, parents, solution }: Level, coarse: Level): void {
  const values = coarse.solution
  for (let k = 0, n = 0; k < texels.length; k++) {
    solution[texels[k]] +=
      0.5 * values[parents[n++]] + 0.25 * values[parents[n++]] + 0.25 * values[parents[n++]]
  }
}

/** Own block, the nearest one beside, the nearest one above or below; where no link leads there, own block instead. */
function parentsOf(fine: Level, coarse: Level): Int32Array {
  const parents = new Int32Array(fine.texels.length * 3)
  fine.texels.forEach((cell, k) => {
    const y = Math.floor(cell / fine.stride) - 1
    const x = (cell % fine.stride) - 1
    const own = parentOf(fine, coarse, cell)
    const beside = x & 1 ? own + 1 : own - 1
    const beyond = y & 1 ? own + coarse.stride : own - coarse.stride
    parents[k * 3] = own
    parents[k * 3 + 1] = coarse.across[Math.min(own, beside)] > 0 ? beside : own
    parents[k * 3 + 2] = coarse.down[Math.min(own, beyond)] > 0 ? beyond : own
  })
  return parents
}
