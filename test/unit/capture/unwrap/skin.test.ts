import { describe, expect, it } from 'vitest'
import { findSkin } from '../../../../client/capture/unwrap/skin.ts'

const skin = [0.8, 0.6, 0.5]

/** A face of even skin, shaded from left to right, with `paint` over it where it answers with a colour. */
function face(
  size: number,
  paint: (u: number, v: number) => number[] | null,
  turnsAway: (u: number) => boolean = () => false,
) {
  const count = size * size
  const unwrap = {
    size,
    coverage: new Uint8Array(count),
    sampled: new Float32Array(count * 3),
    weight: new Float32Array(count),
    features: new Uint8Array(count),
  }
  for (let i = 0; i < count; i++) {
    const [u, v] = [((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size]
    if (Math.hypot((u - 0.5) / 0.49, (v - 0.53) / 0.42) > 1) continue
    unwrap.coverage[i] = 1
    unwrap.weight[i] = turnsAway(u) ? 0.7 : 1
    const shade = 1 - 0.6 * u
    unwrap.sampled.set(paint(u, v) ?? skin.map((value) => value * shade), 3 * i)
  }
  const mask = findSkin(unwrap).likeness
  return (u: number, v: number) => mask[Math.floor(v * size) * size + Math.floor(u * size)]
}

const dark = [0.12, 0.1, 0.08]
const red = [0.7, 0.05, 0.08]
const white = [0.97, 0.97, 0.97]

describe('findSkin', () => {
  it('keeps a face without hair whole, however it is lit', () => {
    const at = face(256, () => null)
    for (const [u, v] of [
      [0.5, 0.15],
      [0.1, 0.45],
      [0.9, 0.45],
      [0.75, 0.2],
      [0.85, 0.75],
      [0.5, 0.9],
    ])
      expect(at(u, v)).toBe(1)
  })

  for (const size of [256, 512])
    it(`takes a fringe out at ${size} texels, and keeps the forehead below`, () => {
      const at = face(size, (_, v) => (v < 0.19 ? dark : null))
      expect(at(0.5, 0.14)).toBe(0)
      // Also on the topmost texels of the chart.
      for (let u = 0.485; u < 0.515; u += 1 / size) expect(at(u, 0.1105)).toBe(0)
      expect(at(0.3, 0.17)).toBe(0)
      expect(at(0.5, 0.225)).toBe(1)
    })

  it('takes out hair at a temple and a coloured background', () => {
    expect(face(256, (u, v) => (u < 0.12 && v < 0.6 ? dark : null))(0.08, 0.45)).toBe(0)
    const at = face(256, (u) => (u > 0.9 ? red : null))
    expect(at(0.94, 0.5)).toBe(0)
    expect(at(0.8, 0.5)).toBe(1)
  })

  it('takes a bright background out beside the jaw, but keeps a highlight on the forehead', () => {
    expect(face(256, (u) => (u > 0.88 ? white : null))(0.92, 0.7)).toBe(0)
    const highlight = (u: number, v: number) =>
      Math.hypot(u - 0.5, v - 0.18) < 0.05 ? [0.98, 0.85, 0.76] : null
    expect(face(256, highlight)(0.5, 0.18)).toBe(1)
  })

  it('keeps a beard and brows', () => {
    expect(face(256, (_, v) => (v > 0.72 ? [0.2, 0.15, 0.12] : null))(0.8, 0.78)).toBe(1)
    expect(
      face(256, (u, v) => (Math.abs(v - 0.28) < 0.02 && Math.abs(u - 0.35) < 0.08 ? dark : null))(0.35, 0.28),
    ).toBe(1)
  })

  it('takes a collar out where the face turns away, though it lies inside of the face', () => {
    const collar = (u: number, v: number) => (u > 0.68 && v > 0.66 ? white : null)
    expect(face(256, collar, (u) => u > 0.6)(0.71, 0.72)).toBe(0)
    expect(
      face(
        256,
        () => null,
        (u) => u > 0.6,
      )(0.71, 0.72),
    ).toBe(1)
    // Seen squarely it is the face, whatever is on it.
    expect(face(256, collar)(0.71, 0.72)).toBe(1)
  })

  it('takes out what has the colour of skin but lies behind hair', () => {
    const at = face(256, (_, v) => (v > 0.17 && v < 0.2 ? dark : null))
    expect(at(0.5, 0.13)).toBe(0)
  })
})
