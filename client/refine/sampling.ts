/** Where hypercolumns are taken: positions drawn by a density over the texture. */

import type { Random } from '../image/random.ts'
import type { Positions } from './hypercolumn.ts'

/** Draws positions with probability proportional to a density, with replacement. */
export class Sampler {
  private readonly cumulative: Float64Array
  private readonly texels: Int32Array
  private readonly size: number

  /**
   * @param density size x size, at least 0
   * @param grid only every `stride`-th row and column is drawn, from `row` and `column` on (README, row 7)
   */
  constructor(density: Float32Array, size: number, grid = { stride: 1, row: 0, column: 0 }) {
    const texels: number[] = []
    const cumulative: number[] = []
    let total = 0
    for (let row = grid.row; row < size; row += grid.stride) {
      for (let column = grid.column; column < size; column += grid.stride) {
        const value = density[row * size + column]
        if (value <= 0) continue
        total += value
        texels.push(row * size + column)
        cumulative.push(total)
      }
    }
    this.texels = Int32Array.from(texels)
    this.cumulative = Float64Array.from(cumulative)
    this.size = size
  }

  /** Number of different positions that can be drawn. */
  get choices(): number {
    return this.texels.length
  }

  draw(n: number, random: Random): Positions {
    if (this.choices === 0)
      throw new Error('Sampler: the density is zero everywhere; there is nothing to draw.')
    const rows = new Int32Array(n)
    const columns = new Int32Array(n)
    const total = this.cumulative[this.choices - 1]
    for (let i = 0; i < n; i++) {
      const texel = this.texels[this.find(random.next() * total)]
      rows[i] = Math.floor(texel / this.size)
      columns[i] = texel % this.size
    }
    return { rows, columns }
  }

  /** First entry whose cumulative density exceeds x. */
  private find(x: number): number {
    let low = 0
    let high = this.choices - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.cumulative[middle] > x) high = middle
      else low = middle + 1
    }
    return low
  }
}
