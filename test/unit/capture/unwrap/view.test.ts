import { describe, expect, it } from 'vitest'
import { cropAround, faceView, rasterizeCrop } from '../../../../client/capture/unwrap/view.ts'
import type { Mesh } from '../../../../client/face/types.ts'

/** A square from (10, 20) to (50, 60) of the photo, at depth 5, in two triangles that face the viewer. */
const screen = Float32Array.from([10, 20, 5, 1, 10, 60, 5, 1, 50, 60, 5, 1, 50, 20, 5, 1])
const mesh: Mesh = {
  positions: new Float32Array(12),
  normals: new Float32Array(12),
  uv: Float32Array.from([0, 0, 0, 1, 1, 1, 1, 0]),
  triangles: Uint32Array.from([0, 1, 2, 0, 2, 3]),
}

describe('cropAround', () => {
  it('leaves 6% of the greater extent free on each side, around the middle', () => {
    const { left, top, size, step } = cropAround(Float32Array.from([0, 0, 0, 1, 100, 50, 0, 1]), 56)
    expect(size).toBe(56)
    expect(left).toBeCloseTo(-6, 9)
    expect(top).toBeCloseTo(-31, 9)
    expect(step).toBeCloseTo(2, 9)
  })

  it('leaves out what is behind the camera', () => {
    const behind = Float32Array.from([...screen, 900, 900, 5, -1])
    expect(cropAround(behind, 64)).toEqual(cropAround(screen, 64))
  })
})

describe('the mesh in the crop', () => {
  const crop = { left: 0, top: 10, size: 16, step: 5 }

  it('lies where the photo has it, at the depth of the camera', () => {
    const { triangle, depth } = rasterizeCrop(screen, mesh, crop)
    // Columns 2 to 9 and rows 2 to 9 of pixels of 5 x 5.
    triangle.forEach((t, i) => {
      const [x, y] = [i % 16, Math.floor(i / 16)]
      const inside = x >= 2 && x < 10 && y >= 2 && y < 10
      expect(t >= 0).toBe(inside)
      expect(depth[i]).toBe(inside ? 5 : Infinity)
    })
  })

  it('does not show its back', () => {
    const turned = { ...mesh, triangles: mesh.triangles.toReversed() }
    expect(rasterizeCrop(screen, turned, crop).triangle.every((t) => t === -1)).toBe(true)
  })
})

describe('faceView', () => {
  const crop = { left: 0, top: 10, size: 16, step: 5 }
  const photo = { width: 80, height: 100, data: new Uint8ClampedArray(4 * 80 * 100) }
  for (let i = 0; i < 80 * 100; i++) photo.data.set([3 * (i % 80), 2 * Math.floor(i / 80), 0, 255], 4 * i)
  const raster = rasterizeCrop(screen, mesh, crop)
  const trust = new Float32Array(256).fill(1)
  trust[5 * 16 + 5] = 0.4
  // The upper half of the texture is seen.
  const weight = Float32Array.from({ length: 8 * 8 }, (_, i) => (i < 32 ? 1 : 0))
  const view = faceView(photo, mesh, { crop, raster, trust }, weight)
  const at = (x: number, y: number) => y * 16 + x

  it('has the photo, each pixel the mean of those below it', () => {
    // Pixel (3, 4) covers columns 15 to 19 and rows 30 to 34.
    expect(255 * view.photo[3 * at(3, 4)]).toBeCloseTo(3 * 17, 1)
    expect(255 * view.photo[3 * at(3, 4) + 1]).toBeCloseTo(2 * 32, 1)
  })

  it('says where in UV each pixel lies', () => {
    expect(view.uv[2 * at(2, 2)]).toBeCloseTo(2.5 / 40, 5)
    expect(view.uv[2 * at(2, 2) + 1]).toBeCloseTo(2.5 / 40, 5)
    expect(view.uv[2 * at(9, 4)]).toBeCloseTo(37.5 / 40, 5)
  })

  it('masks what is no mesh, not trusted or not seen', () => {
    expect(view.mask[at(4, 4)]).toBe(1)
    expect(view.mask[at(1, 4)]).toBe(0)
    expect(view.mask[at(5, 5)]).toBe(0)
    expect(view.mask[at(4, 8)]).toBe(0)
  })
})
