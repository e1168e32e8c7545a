import { describe, expect, it } from 'vitest'
import { interpolate, interpolateAt, rasterize } from '../../../../client/capture/mesh/rasterize.ts'

const flat = (corners: [number, number, number?, number?][]) =>
  Float32Array.from(corners.flatMap(([x, y, depth = 0, inverse = 1]) => [x, y, depth, inverse]))

describe('rasterize', () => {
  it('covers the pixels whose centres lie inside', () => {
    const size = 200
    const corners: [number, number][] = [
      [10.3, 20.1],
      [180.7, 60.2],
      [60.4, 190.9],
    ]
    const { triangle } = rasterize(flat(corners), Uint32Array.from([0, 1, 2]), size, size)
    const [[ax, ay], [bx, by], [cx, cy]] = corners
    const area = Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2
    const covered = triangle.reduce((sum, t) => sum + (t >= 0 ? 1 : 0), 0)
    expect(Math.abs(covered / area - 1)).toBeLessThan(0.005)
  })

  it('covers a square of two triangles without a gap and to its borders', () => {
    const screen = flat([
      [0, 0],
      [8, 0],
      [8, 8],
      [0, 8],
    ])
    const { triangle } = rasterize(screen, Uint32Array.from([0, 1, 2, 0, 2, 3]), 8, 8)
    expect(triangle.every((t) => t >= 0)).toBe(true)
  })

  it('interpolates linearly and keeps the nearer triangle', () => {
    const screen = flat([
      [0, 0, 5],
      [0, 16, 5],
      [16, 0, 5],
      [0, 0, 2],
      [0, 8, 2],
      [8, 0, 2],
    ])
    const triangles = Uint32Array.from([0, 1, 2, 3, 4, 5])
    const raster = rasterize(screen, triangles, 16, 16)
    expect(raster.triangle[0]).toBe(1)
    expect(raster.triangle[12]).toBe(0)
    const x = interpolate(raster, triangles, Float32Array.from([0, 0, 16, 0, 0, 8]), 1)
    expect(x[2]).toBeCloseTo(2.5, 5)
    expect(x[12]).toBeCloseTo(12.5, 5)
  })

  it('leaves out triangles seen from behind, if asked to', () => {
    const screen = flat([
      [0, 0],
      [8, 0],
      [0, 8],
    ])
    // On the screen, y down, this order is clockwise.
    const seenFromBehind = Uint32Array.from([0, 1, 2])
    const any = (triangles: Uint32Array, cull: boolean) =>
      rasterize(screen, triangles, 8, 8, { cull }).triangle.some((t) => t >= 0)
    expect(any(seenFromBehind, false)).toBe(true)
    expect(any(seenFromBehind, true)).toBe(false)
    expect(any(Uint32Array.from([0, 2, 1]), true)).toBe(true)
  })

  it('interpolates in perspective', () => {
    // An edge from w = 1 to w = 3: halfway on the screen is a quarter of the way in space.
    const screen = flat([
      [0, 0, 0, 1],
      [0, 99, 0, 1],
      [100, 0, 0, 1 / 3],
    ])
    const triangles = Uint32Array.from([0, 1, 2])
    const raster = rasterize(screen, triangles, 100, 1)
    const along = interpolate(raster, triangles, Float32Array.from([0, 0, 1]), 1)
    expect(along[49]).toBeCloseTo(0.25, 1)
    for (const pixel of [10, 49, 90])
      expect(interpolateAt(raster, triangles, Float32Array.from([0, 0, 1]), pixel)).toBeCloseTo(
        along[pixel],
        6,
      )
  })

  it('draws nothing that lies behind the viewer', () => {
    const screen = flat([
      [0, 0, 0, -1],
      [0, 8, 0, 1],
      [8, 0, 0, 1],
    ])
    expect(rasterize(screen, Uint32Array.from([0, 1, 2]), 8, 8).triangle.every((t) => t === -1)).toBe(true)
  })
})
