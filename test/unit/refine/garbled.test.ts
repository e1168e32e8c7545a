import { describe, expect, it, test } from 'vitest'
import { isAlike, isOfColours, magnitude, uploaded } from '../../../client/refine/garbled.ts'
import type { HostTensor, Value } from '../../../client/runtime/runtime.ts'

test('a magnitude is the mean absolute value', () => {
  expect(magnitude([1, -2, 3, 0])).toBe(1.5)
  expect(magnitude([1, Number.NaN])).toBeNaN()
})

test('magnitudes are alike but for how they are summed', () => {
  expect(isAlike(1, 1.005)).toBe(true)
  expect(isAlike(0, 0)).toBe(true)
  for (const [a, b] of [
    [1, 1.02],
    [0, 1e-9],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])
    expect(isAlike(a, b), `${a}, ${b}`).toBe(false)
})

test('colours are not all zero, and not huge', () => {
  expect([0.001, 0.5, 3].every(isOfColours)).toBe(true)
  expect([0, 1e30, Number.NaN].some(isOfColours)).toBe(false)
})

describe('uploaded', () => {
  const tensor: HostTensor = { type: 'float32', dims: [2], data: Float32Array.of(0.5, -1) }
  const runtime = (arrives: Float32Array, disposed = () => {}) => ({
    upload: async () => ({ read: async () => arrives, dispose: disposed }) as unknown as Value,
  })

  it('hands out what has arrived', async () => {
    const value = await uploaded(runtime(Float32Array.of(0.5, -1)), tensor)
    expect(await value.read()).toEqual(tensor.data)
  })

  it.each([
    ['zeros', Float32Array.of(0, 0)],
    ['NaN', Float32Array.of(0.5, Number.NaN)],
    ['what lay there before', Float32Array.of(7, 9)],
  ])('refuses %s, and leaves nothing behind', async (_, arrives) => {
    let disposed = 0
    await expect(
      uploaded(
        runtime(arrives, () => disposed++),
        tensor,
      ),
    ).rejects.toMatchObject({ code: 'garbled' })
    expect(disposed).toBe(1)
  })
})
