import { describe, expect, test } from 'vitest'
import { hairStrands, smoothNoise } from '../../../../client/head/hair/painted-strands.ts'

const size = 256
/** Downwards in the left half, none in the right. */
const flow = Float32Array.from({ length: 2 * size * size }, (_, k) =>
  k % 2 && (k >> 1) % size < size / 2 ? 1 : 0,
)

/** How alike neighbours are, along and across the flow: -1..1. */
function alike(strands: Float32Array, step: number): number {
  let product = 0
  let square = 0
  for (let y = 20; y < size - 20; y++)
    for (let x = 20; x < size / 2 - 20; x++) {
      const i = y * size + x
      product += strands[i] * strands[i + step]
      square += strands[i] * strands[i]
    }
  return product / square
}

describe('hairStrands', () => {
  test('run along the flow, have a deviation of 1 and end where it ends', () => {
    const strands = hairStrands(flow, size, 0)
    expect(alike(strands, 3 * size)).toBeGreaterThan(0.5)
    expect(alike(strands, 3)).toBeLessThan(0.25)
    let sum = 0
    for (let i = 0; i < strands.length; i++) {
      if (i % size >= size / 2) expect(strands[i]).toBe(0)
      sum += strands[i] ** 2
    }
    expect(Math.sqrt(sum / (strands.length / 2))).toBeCloseTo(1, 2)
  })

  test('curls have no one direction', () => {
    const curls = hairStrands(flow, size, 1)
    expect(Math.abs(alike(curls, 2 * size) - alike(curls, 2))).toBeLessThan(0.3)
    const straight = hairStrands(flow, size, 0)
    expect(alike(straight, 2 * size) - alike(straight, 2)).toBeGreaterThan(0.4)
  })

  test('are the same each time', () => {
    expect(hairStrands(flow, size, 0.5)).toEqual(hairStrands(flow, size, 0.5))
  })
})

test('smoothNoise has a deviation near 1 and changes slowly', () => {
  const noise = smoothNoise(size, 12)
  let square = 0
  let change = 0
  for (let i = 0; i + 1 < noise.length; i++) {
    square += noise[i] ** 2
    if (i % size < size - 1) change = Math.max(change, Math.abs(noise[i + 1] - noise[i]))
  }
  expect(Math.sqrt(square / noise.length)).toBeGreaterThan(0.7)
  expect(Math.sqrt(square / noise.length)).toBeLessThan(1.2)
  expect(change).toBeLessThan(0.6)
})
