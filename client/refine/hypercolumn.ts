/** Hypercolumns: the values of all feature maps at one place of the image, stacked (official code: `get_feats`). */
import * as g from '../graph/ops.ts'
import { input, type Tensor } from '../graph/tensor.ts'
import type { HostTensor } from '../runtime/runtime.ts'
import { float } from './float.ts'

/** Image positions, in texels of the finest map, row (down) and column (right). */
export interface Positions {
  rows: Int32Array
  columns: Int32Array
}

/** Bilinear taps of n positions on one map size: [4n] flat indices and weights, corner by corner. */
export interface SampleTable {
  index: Int32Array
  weight: Float32Array
}

/**
 * Tables for maps whose size is the image's halved 0, 1, 2, ... times. Coordinates are halved as floats at each drop
 * and never rounded in between; corners beyond the edge are clipped (official `spatial_feature_extract`).
 */
export function bilinearTable(positions: Positions, size: number, halvings: number): SampleTable {
  const { rows, columns } = positions
  const n = rows.length
  const side = size >> halvings
  const index = new Int32Array(4 * n)
  const weight = new Float32Array(4 * n)
  for (let i = 0; i < n; i++) {
    const y = rows[i] / 2 ** halvings
    const x = columns[i] / 2 ** halvings
    const top = Math.floor(y)
    const left = Math.floor(x)
    for (let corner = 0; corner < 4; corner++) {
      const down = corner >> 1
      const right = corner & 1
      const k = corner * n + i
      index[k] = Math.min(top + down, side - 1) * side + Math.min(left + right, side - 1)
      weight[k] = (down ? y - top : 1 - (y - top)) * (right ? x - left : 1 - (x - left))
    }
  }
  return { index, weight }
}

/** [n] flat indices by truncation at every halving: how the official code samples the style image. */
export function nearestIndex(positions: Positions, size: number, halvings: number): Int32Array {
  const side = size >> halvings
  return positions.rows.map(
    (row, i) =>
      Math.min(row >> halvings, side - 1) * side + Math.min(positions.columns[i] >> halvings, side - 1),
  )
}

/** How often the side of a map [1, C, h, w] was halved against the image's. */
export function halvingsOf(map: Tensor, size: number): number {
  return Math.log2(size / map.shape[2])
}

/** Names of the graph inputs for one map size. */
export const tableInputs = (prefix: string, halvings: number) => ({
  index: `${prefix}_index_${halvings}`,
  weight: `${prefix}_weight_${halvings}`,
  matrix: `${prefix}_matrix_${halvings}`,
})

/**
 * Maps of no more texels than this are sampled by a matrix product, larger ones texel by texel: runtimes scatter one element
 * after the other, which takes longer than multiplying with mostly zeros as long as those are few.
 */
const texelsOfMatrix = 1024

/** How a map is sampled: positions are texels of the finest one, so that needs neither corners nor weights. */
function wayOf(side: number, halvings: number): 'texel' | 'matrix' | 'corners' {
  if (halvings === 0) return 'texel'
  return side ** 2 <= texelsOfMatrix ? 'matrix' : 'corners'
}

/** What {@link hypercolumn} is fed to look at n positions, for maps of each number of halvings, by the names of its inputs. */
export function sampleTables(
  prefix: string,
  positions: Positions,
  size: number,
  halvings: readonly number[],
): Record<string, HostTensor> {
  const tables: Record<string, HostTensor> = {}
  for (const h of new Set(halvings)) {
    const names = tableInputs(prefix, h)
    const side = size >> h
    const n = positions.rows.length
    if (wayOf(side, h) === 'texel') {
      tables[names.index] = { type: 'int32', dims: [n], data: nearestIndex(positions, size, h) }
      continue
    }
    const table = bilinearTable(positions, size, h)
    if (wayOf(side, h) === 'matrix')
      tables[names.matrix] = float(sampleMatrix(table, n, side ** 2), [side ** 2, n])
    else {
      tables[names.index] = { type: 'int32', dims: [4 * n], data: table.index }
      tables[names.weight] = float(table.weight, [4 * n])
    }
  }
  return tables
}

/** The table as a matrix, texels x n. */
function sampleMatrix({ index, weight }: SampleTable, n: number, texels: number): Float32Array {
  const matrix = new Float32Array(texels * n)
  for (let k = 0; k < index.length; k++) matrix[index[k] * n + (k % n)] += weight[k]
  return matrix
}

/**
 * Hypercolumns of maps [1, C_k, h, w] at n positions -> [sum C_k, n]. Where they are is fed ({@link sampleTables}), so each
 * step can sample anew.
 */
export function hypercolumn(maps: readonly Tensor[], size: number, n: number, prefix: string): Tensor {
  return g.concat(
    maps.map((map) => sampled(map, halvingsOf(map, size), n, prefix)),
    0,
  )
}

/** [C, n] */
function sampled(map: Tensor, halvings: number, n: number, prefix: string): Tensor {
  const [, channels, height, width] = map.shape
  const names = tableInputs(prefix, halvings)
  const texels = g.reshape(map, [channels, height * width])
  const way = wayOf(width, halvings)
  if (way === 'texel') return g.gather(texels, input(names.index, [n], 'int32'))
  if (way === 'matrix') return g.matmul(texels, input(names.matrix, [height * width, n]))
  const corners = g.gather(texels, input(names.index, [4 * n], 'int32'))
  const weighted = g.mul(corners, input(names.weight, [4 * n]))
  return g.reshape(g.reduceSum(g.reshape(weighted, [channels, 4, n]), [1]), [channels, n])
}

/** Hypercolumns of maps [1, C_k, h, w] at the nearest element, index inputs `${prefix}_index_H` [n] -> [sum C_k, n]. */
export function nearestHypercolumn(maps: readonly Tensor[], size: number, n: number, prefix: string): Tensor {
  return g.concat(
    maps.map((map) => {
      const [, channels, height, width] = map.shape
      const name = tableInputs(prefix, halvingsOf(map, size)).index
      return g.gather(g.reshape(map, [channels, height * width]), input(name, [n], 'int32'))
    }),
    0,
  )
}
