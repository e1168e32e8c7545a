/** A slow float64 evaluator of symbolic graphs: the reference that gradients and every runtime are checked against. */
import { type Shape, sizeOf, type Tensor, topological } from '../../client/graph/tensor.ts'

export type Feeds = Readonly<Record<string, ArrayLike<number>>>

/** Values of `outputs` in float64, row-major. */
export function evaluate(outputs: readonly Tensor[], feeds: Feeds): Float64Array[] {
  const values = new Map<Tensor, Float64Array>()
  for (const tensor of topological(outputs)) values.set(tensor, evaluateNode(tensor, values, feeds))
  return outputs.map((x) => values.get(x)!)
}

function evaluateNode(y: Tensor, values: Map<Tensor, Float64Array>, feeds: Feeds): Float64Array {
  if (y.op === 'constant') return Float64Array.from(y.data!)
  if (y.op === 'input') {
    if (!(y.name! in feeds)) throw new Error(`no feed for "${y.name}"`)
    return Float64Array.from(feeds[y.name!])
  }
  const x = y.inputs.map((source) => values.get(source)!)
  const shapes = y.inputs.map((source) => source.shape)
  const at = y.attributes as Record<string, never>
  const out = new Float64Array(sizeOf(y.shape))
  const map = (f: (index: number[]) => number) => {
    forEachIndex(y.shape, (index, i) => {
      out[i] = f(index)
    })
    return out
  }
  const get = (k: number, index: readonly number[]) => x[k][offset(shapes[k], index)]

  switch (y.op) {
    case 'add':
      return map((i) => get(0, i) + get(1, i))
    case 'sub':
      return map((i) => get(0, i) - get(1, i))
    case 'mul':
      return map((i) => get(0, i) * get(1, i))
    case 'div':
      return map((i) => get(0, i) / get(1, i))
    case 'maximum':
      return map((i) => Math.max(get(0, i), get(1, i)))
    case 'sqrt':
      return map((i) => Math.sqrt(get(0, i)))
    case 'abs':
      return map((i) => Math.abs(get(0, i)))
    case 'sign':
      return map((i) => at.amplitude * Math.sign(get(0, i)))
    case 'computedAs':
      return map((i) => get(0, i))
    case 'gram':
      return map(([i, j]) => {
        let total = 0
        for (let k = 0; k < shapes[0][1]; k++) total += get(0, [i, k]) * get(0, [j, k])
        return total
      })
    case 'relu':
      return map((i) => Math.max(get(0, i), 0))
    case 'gate':
      return map((i) => (get(1, i) > 0 ? get(0, i) : 0))
    case 'reshape':
      return Float64Array.from(x[0])
    case 'expand':
      return map((i) => get(0, i))
    case 'matmul': {
      const inner = shapes[0].at(-1)!
      return map((i) => {
        let total = 0
        for (let k = 0; k < inner; k++) {
          total += get(0, [...i.slice(0, -1), k]) * get(1, [...i.slice(0, -2), k, i.at(-1)!])
        }
        return total
      })
    }
    case 'transpose': {
      const perm = at.perm as readonly number[]
      return map((i) => {
        const source: number[] = []
        perm.forEach((axis, k) => {
          source[axis] = i[k]
        })
        return get(0, source)
      })
    }
    case 'reduceSum':
      forEachIndex(shapes[0], (i, k) => {
        out[offset(y.shape, i)] += x[0][k]
      })
      return out
    case 'slice':
      return map((i) => get(0, i.with(at.axis, i[at.axis] + at.start)))
    case 'pad':
      return map((i) => {
        const k = i[at.axis] - at.before
        return k < 0 || k >= shapes[0][at.axis] ? 0 : get(0, i.with(at.axis, k))
      })
    case 'concat':
      return map((i) => {
        let k = i[at.axis]
        let part = 0
        while (k >= shapes[part][at.axis]) k -= shapes[part++][at.axis]
        return get(part, i.with(at.axis, k))
      })
    case 'conv':
    case 'convTranspose': {
      const [sy, sx] = at.strides as readonly number[]
      const [top, left] = at.pads as readonly number[]
      const [inputShape, weightShape] = shapes
      const transposed = y.op === 'convTranspose'
      // Both visit every (input, weight, output) triple; only which side is read differs.
      const fine = transposed ? y.shape : inputShape
      const coarse = transposed ? inputShape : y.shape
      forEachIndex(coarse, ([n, o, row, column], coarseOffset) => {
        if (!transposed && x[2]) out[coarseOffset] += x[2][o]
        for (let c = 0; c < weightShape[1]; c++)
          for (let a = 0; a < weightShape[2]; a++)
            for (let b = 0; b < weightShape[3]; b++) {
              const r = row * sy + a - top
              const k = column * sx + b - left
              if (r < 0 || k < 0 || r >= fine[2] || k >= fine[3]) continue
              const fineOffset = offset(fine, [n, c, r, k])
              const weight = get(1, [o, c, a, b])
              if (transposed) out[fineOffset] += x[0][coarseOffset] * weight
              else out[coarseOffset] += x[0][fineOffset] * weight
            }
      })
      return out
    }
    case 'averagePool3':
      return map(([n, c, row, column]) => {
        let total = 0
        for (let r = row - 1; r <= row + 1; r++)
          for (let k = column - 1; k <= column + 1; k++)
            if (r >= 0 && k >= 0 && r < y.shape[2] && k < y.shape[3]) total += get(0, [n, c, r, k])
        return total / 9
      })
    case 'gather':
      return map(([c, o]) => get(0, [c, x[1][o]]))
    case 'scatterAdd':
      forEachIndex(shapes[0], ([c, o], k) => {
        out[offset(y.shape, [c, x[1][o]])] += x[0][k]
      })
      return out
    case 'argMax':
      return map(([row]) => {
        let best = 0
        for (let k = 1; k < shapes[0][1]; k++) if (get(0, [row, k]) > get(0, [row, best])) best = k
        return best
      })
    case 'rows':
      return map(([row, k]) => get(0, [x[1][row], k]))
    case 'pick':
      return map(([row]) => get(0, [row, x[1][row]]))
    case 'unpick':
      return map(([row, k]) => (x[1][row] === k ? get(0, [row, 0]) : 0))
    case 'sparse': {
      const taps = shapes[1][0] / y.shape[1]
      return map(([c, o]) => {
        let total = 0
        for (let k = o * taps; k < (o + 1) * taps; k++) total += get(0, [c, x[1][k]]) * x[2][k]
        return total
      })
    }
    default:
      throw new Error(`evaluate: no reference for op "${y.op}"`)
  }
}

/** Row-major offset; axes of length 1 broadcast, missing leading axes are dropped. */
function offset(shape: Shape, index: readonly number[]): number {
  let result = 0
  const lead = index.length - shape.length
  for (let axis = 0; axis < shape.length; axis++) {
    result = result * shape[axis] + (shape[axis] === 1 ? 0 : index[lead + axis])
  }
  return result
}

function forEachIndex(shape: Shape, visit: (index: number[], offset: number) => void): void {
  const index = shape.map(() => 0)
  const size = sizeOf(shape)
  for (let i = 0; i < size; i++) {
    visit(index.slice(), i)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break
      index[axis] = 0
    }
  }
}
