import { describe, expect, it } from 'vitest'
import { erodeMask, renderMap, transposeRows } from '../../../client/refine/renderer.ts'
import { randomArray } from '../../support/random.ts'

describe('renderMap', () => {
  it('reads a texel at its centre and blends between centres', () => {
    const uv = Float32Array.of(1.5 / 4, 2.5 / 4, 2 / 4, 2.5 / 4)
    const { index, weight } = renderMap(uv, Float32Array.of(1, 1), 4)
    expect([index[0], weight[0]]).toEqual([2 * 4 + 1, 1])
    expect([index[4], weight[4], index[5], weight[5]]).toEqual([9, 0.5, 10, 0.5])
  })

  it('clamps at the edge and leaves masked pixels without taps', () => {
    const { index, weight } = renderMap(Float32Array.of(0, 0, 0.9, 0.9), Float32Array.of(1, 0), 4)
    expect([...index.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    expect(weight.subarray(0, 4).reduce((a, b) => a + b)).toBe(1)
    expect([...weight.subarray(4)]).toEqual([0, 0, 0, 0])
  })
})

describe('transposeRows', () => {
  it('is the transpose: <Ax, y> = <x, A^T y>', () => {
    const [pixels, size] = [30, 5]
    const matrix = renderMap(randomArray(2 * pixels, 1, 0, 1), new Float32Array(pixels).fill(1), size)
    const transposed = transposeRows(matrix, size * size)
    const x = randomArray(size * size, 2)
    const y = randomArray(pixels, 3)
    const apply = ({ taps, index, weight }: typeof matrix, v: Float32Array, o: number) => {
      let sum = 0
      for (let k = o * taps; k < (o + 1) * taps; k++) sum += weight[k] * v[index[k]]
      return sum
    }
    const left = y.reduce((sum, value, p) => sum + value * apply(matrix, x, p), 0)
    const right = x.reduce((sum, value, t) => sum + value * apply(transposed, y, t), 0)
    expect(left).toBeCloseTo(right, 5)
  })
})

describe('erodeMask', () => {
  const size = 9
  const draw = (inside: (x: number, y: number) => boolean) =>
    new Float32Array(size * size).map((_, p) => (inside(p % size, Math.floor(p / size)) ? 1 : 0))

  it('takes a cross off the rim at a width of 3, and leaves the picture’s edge alone', () => {
    const square = draw((x, y) => x < 6 && y >= 2 && y < 7)
    expect(erodeMask(square, size, 3)).toEqual(draw((x, y) => x < 5 && y >= 3 && y < 6))
  })

  it('takes it off around a hole too', () => {
    const hole = (x: number, y: number) => Math.abs(x - 4) + Math.abs(y - 4)
    expect(
      erodeMask(
        draw((x, y) => hole(x, y) > 0),
        size,
        3,
      ),
    ).toEqual(draw((x, y) => hole(x, y) > 1))
  })

  it('takes an ellipse off at a width of 5', () => {
    const eroded = erodeMask(
      draw((x, y) => x + y < 8),
      size,
      5,
    )
    expect(eroded).toEqual(draw((x, y) => x + y < 5))
  })

  it('leaves the mask alone at a width of 1', () => {
    const square = draw((x, y) => x > 3 && y > 2)
    expect(erodeMask(square, size, 1)).toEqual(square)
  })
})
