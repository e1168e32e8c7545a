/**
 * One V-cycle for the screened Poisson equation on an irregular set of texels: cell-centred levels of half the size each,
 * red-black Gauss-Seidel, linear interpolation along existing links only. Symmetric, so that conjugate gradients may use
 * it as a preconditioner.
 */

/** A grid with one ring of empty cells around it: cell (x, y) is (y + 1) * stride + x + 1. */
export interface Level {
  stride: number
  /** Those with an unknown, red ones ((x + y) even) first. */
  cells: Int32Array
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
  /** Per red entry of `cells`: the coarse cell it belongs to and the two next to it, see {@link prolong}. */
  parents: Int32Array
  /** Of these, each cell has {@link lanes} numbers. */
  right: Float32Array
  solution: Float32Array
}

/**
 * Problems that are solved at once: they differ in their right-hand side alone, so that each link is looked up once for the three
 * channels of a colour.
 */
export const lanes = 3

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
 * @returns finest first
 */
export function buildLevels(width: number, height: number, texels: Texels): Level[] {
  const levels = [finest(width, height, texels)]
  let [w, h] = [width, height]
  while (levels[levels.length - 1].cells.length > coarsestCells) {
    levels.push(coarser(levels[levels.length - 1], w, h))
    w = Math.ceil(w / 2)
    h = Math.ceil(h / 2)
    if (w <= 1 && h <= 1) break
  }
  return levels
}

/** What there is of the finest grid, height x width each. */
interface Texels {
  /** Not 0 where there is a texel. */
  domain: Uint8Array
  /** Not 0 where its value is held. */
  fixed: Uint8Array
  /** At least 0. */
  screen: Float32Array
}

function empty(width: number, height: number): Level {
  const stride = width + 2
  const array = (perCell = 1) => new Float32Array(stride * (height + 2) * perCell)
  return {
    stride,
    cells: new Int32Array(),
    red: 0,
    across: array(),
    down: array(),
    held: array(),
    screen: array(),
    diagonal: array(),
    inverse: array(),
    parents: new Int32Array(),
    right: array(lanes),
    solution: array(lanes),
  }
}

function finest(width: number, height: number, { domain, fixed, screen }: Texels): Level {
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
  for (const i of fine.cells) {
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
  const colours = [new Int32Array(width * height), new Int32Array(width * height)]
  const counts = [0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y + 1) * stride + x + 1
      if (!free[i]) continue
      const colour = (x + y) % 2
      colours[colour][counts[colour]++] = i
      diagonal[i] = level.screen[i] + level.held[i] + across[i] + across[i - 1] + down[i] + down[i - stride]
      level.inverse[i] = diagonal[i] > 0 ? 1 / diagonal[i] : 0
    }
  }
  level.red = counts[0]
  level.cells = new Int32Array(counts[0] + counts[1])
  level.cells.set(colours[0].subarray(0, counts[0]))
  level.cells.set(colours[1].subarray(0, counts[1]), counts[0])
  return level
}

/** One V-cycle from 0 for the right-hand side in `levels[0].right`. @returns `levels[0].solution`, by cells of its padded grid */
export function cycle(levels: Level[]): Float32Array {
  descend(levels, 0)
  return levels[0].solution
}

function descend(levels: Level[], index: number): void {
  const level = levels[index]
  relaxFromZero(level)
  if (index === levels.length - 1) {
    for (let k = 1; k < coarsestSweeps; k++) smooth(level, true)
    for (let k = 0; k < coarsestSweeps; k++) smooth(level, false)
    return
  }
  for (let k = 1; k < smoothings; k++) smooth(level, true)
  restrict(level, levels[index + 1])
  descend(levels, index + 1)
  prolong(level, levels[index + 1])
  for (let k = 0; k < smoothings; k++) smooth(level, false)
}

/** One Gauss-Seidel sweep, red cells first or (the transpose) black ones first. */
function smooth(level: Level, redFirst: boolean): void {
  const { red, cells } = level
  if (redFirst) relax(level, 0, red)
  relax(level, red, cells.length)
  if (!redFirst) relax(level, 0, red)
}

/** The first sweep, red cells first, of a solution that is 0: whatever was there before. */
function relaxFromZero(level: Level): void {
  const { cells, red, inverse, right, solution } = level
  for (let k = 0; k < red; k++) {
    const scale = inverse[cells[k]]
    const i = lanes * cells[k]
    solution[i] = scale * right[i]
    solution[i + 1] = scale * right[i + 1]
    solution[i + 2] = scale * right[i + 2]
  }
  relax(level, red, cells.length)
}

function relax(
  { stride, cells, across, down, inverse, right, solution }: Level,
  from: number,
  to: number,
): void {
  const row = lanes * stride
  for (let k = from; k < to; k++) {
    const cell = cells[k]
    const scale = inverse[cell]
    const toRight = across[cell]
    const toLeft = across[cell - 1]
    const toBelow = down[cell]
    const toAbove = down[cell - stride]
    const i = lanes * cell
    solution[i] =
      scale *
      (right[i] +
        toRight * solution[i + 3] +
        toLeft * solution[i - 3] +
        toBelow * solution[i + row] +
        toAbove * solution[i - row])
    solution[i + 1] =
      scale *
      (right[i + 1] +
        toRight * solution[i + 4] +
        toLeft * solution[i - 2] +
        toBelow * solution[i + row + 1] +
        toAbove * solution[i - row + 1])
    solution[i + 2] =
      scale *
      (right[i + 2] +
        toRight * solution[i + 5] +
        toLeft * solution[i - 1] +
        toBelow * solution[i + row + 2] +
        toAbove * solution[i - row + 2])
  }
}

/** Transpose of {@link prolong} on the fine residual, which a sweep has left 0 on black cells. */
function restrict(fine: Level, coarse: Level): void {
  const { stride, cells, red, across, down, diagonal, parents, right, solution } = fine
  const row = lanes * stride
  const sums = coarse.right
  sums.fill(0)
  for (let k = 0; k < red; k++) {
    const cell = cells[k]
    const own = diagonal[cell]
    const toRight = across[cell]
    const toLeft = across[cell - 1]
    const toBelow = down[cell]
    const toAbove = down[cell - stride]
    const a = lanes * parents[3 * k]
    const b = lanes * parents[3 * k + 1]
    const d = lanes * parents[3 * k + 2]
    const i = lanes * cell
    const x =
      right[i] -
      own * solution[i] +
      toRight * solution[i + 3] +
      toLeft * solution[i - 3] +
      toBelow * solution[i + row] +
      toAbove * solution[i - row]
    const y =
      right[i + 1] -
      own * solution[i + 1] +
      toRight * solution[i + 4] +
      toLeft * solution[i - 2] +
      toBelow * solution[i + row + 1] +
      toAbove * solution[i - row + 1]
    const z =
      right[i + 2] -
      own * solution[i + 2] +
      toRight * solution[i + 5] +
      toLeft * solution[i - 1] +
      toBelow * solution[i + row + 2] +
      toAbove * solution[i - row + 2]
    sums[a] += 0.5 * x
    sums[a + 1] += 0.5 * y
    sums[a + 2] += 0.5 * z
    sums[b] += 0.25 * x
    sums[b + 1] += 0.25 * y
    sums[b + 2] += 0.25 * z
    sums[d] += 0.25 * x
    sums[d + 1] += 0.25 * y
    sums[d + 2] += 0.25 * z
  }
}

/**
 * Adds the coarse solution to red cells, after which black ones are relaxed first: own block 1/2, the two blocks nearest to the cell
 * 1/4 each.
 */
function prolong({ cells, red, parents, solution }: Level, coarse: Level): void {
  const values = coarse.solution
  for (let k = 0; k < red; k++) {
    const a = lanes * parents[3 * k]
    const b = lanes * parents[3 * k + 1]
    const d = lanes * parents[3 * k + 2]
    const i = lanes * cells[k]
    solution[i] += 0.5 * values[a] + 0.25 * (values[b] + values[d])
    solution[i + 1] += 0.5 * values[a + 1] + 0.25 * (values[b + 1] + values[d + 1])
    solution[i + 2] += 0.5 * values[a + 2] + 0.25 * (values[b + 2] + values[d + 2])
  }
}

/** Own block, the nearest one beside, the nearest one above or below; where no link leads there, own block instead. */
function parentsOf(fine: Level, coarse: Level): Int32Array {
  const parents = new Int32Array(3 * fine.red)
  for (let k = 0; k < fine.red; k++) {
    const cell = fine.cells[k]
    const y = Math.floor(cell / fine.stride) - 1
    const x = (cell % fine.stride) - 1
    const own = parentOf(fine, coarse, cell)
    const beside = x & 1 ? own + 1 : own - 1
    const beyond = y & 1 ? own + coarse.stride : own - coarse.stride
    parents[k * 3] = own
    parents[k * 3 + 1] = coarse.across[Math.min(own, beside)] > 0 ? beside : own
    parents[k * 3 + 2] = coarse.down[Math.min(own, beyond)] > 0 ? beyond : own
  }
  return parents
}
