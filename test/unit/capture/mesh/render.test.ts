import { describe, expect, it } from 'vitest'
import { project } from '../../../../client/capture/mesh/camera.ts'
import { renderTexture, turnedCamera, turnRotation } from '../../../../client/capture/mesh/render.ts'
import type { Mesh } from '../../../../client/face/types.ts'

/** A square of 2 x 2 cm that faces the viewer, its layout filling the texture. */
const square: Mesh = {
  positions: Float32Array.from([-1, 1, 0, -1, -1, 0, 1, -1, 0, 1, 1, 0]),
  normals: Float32Array.from([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]),
  uv: Float32Array.from([0, 0, 0, 1, 1, 1, 1, 0]),
  triangles: Uint32Array.from([0, 1, 2, 0, 2, 3]),
}

/** 2 x 2 texels: red, green, blue, white. */
const texture = Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1])

describe('turnRotation', () => {
  const apply = (turn: Parameters<typeof turnRotation>[0], [x, y, z]: number[]) => {
    const r = turnRotation(turn)
    return [0, 3, 6].map((row) => expect.closeTo(r[row] * x + r[row + 1] * y + r[row + 2] * z, 9))
  }
  const ahead = [0, 0, 1]

  it('looks to the right with yaw, up with pitch, and tilts clockwise with roll', () => {
    expect([1, 0, 0]).toEqual(apply({ yaw: 90 }, ahead))
    expect([0, 1, 0]).toEqual(apply({ pitch: 90 }, [0, 0, 1]).map((value) => value))
    // The top of the head goes to the right.
    expect([1, 0, 0]).toEqual(apply({ roll: 90 }, [0, 1, 0]))
  })

  it('pitches first, then turns, then tilts', () => {
    expect([0, -1, 0]).toEqual(apply({ yaw: 90, roll: 90 }, ahead))
    expect([0, 1, 0]).toEqual(apply({ pitch: 90, yaw: 90 }, ahead))
  })
})

describe('turnedCamera', () => {
  it('puts the middle of the mesh in the middle, its greatest extent on 90% of the smaller side', () => {
    const moved = { positions: square.positions.map((value, i) => value + [5, -3, 8][i % 3]) }
    for (const turn of [{}, { yaw: 40, pitch: -20, roll: 10 }]) {
      const camera = turnedCamera(moved, turn, 300, 200)
      const [x, y] = project([5, -3, 8], camera)
      expect(x).toBeCloseTo(150, 4)
      expect(y).toBeCloseTo(100, 4)
      expect(Math.hypot(...camera.matrix.subarray(0, 3))).toBeCloseTo(180 / 2, 6)
    }
    const screen = project(moved.positions, turnedCamera(moved, {}, 300, 200))
    expect([screen[0], screen[1]]).toEqual([60, 10].map((value) => expect.closeTo(value, 4)))
  })
})

describe('renderTexture', () => {
  const { rgb, mask } = renderTexture(square, turnedCamera(square, {}, 20, 20), texture, 2, 20, 20)
  const at = (x: number, y: number) => [...rgb.subarray(3 * (20 * y + x), 3 * (20 * y + x) + 3)]

  it('shows the texture where the mesh is, and nothing beside it', () => {
    expect(mask.reduce((sum, value) => sum + value, 0)).toBe(18 * 18)
    expect(at(1, 1)).toEqual([1, 0, 0])
    expect(at(18, 1)).toEqual([0, 1, 0])
    expect(at(1, 18)).toEqual([0, 0, 1])
    expect(at(0, 5)).toEqual([0, 0, 0])
  })

  it('interpolates between texels', () => {
    // Half a pixel off the middle: 1/18 of a texel.
    const [share, rest] = [0.5 + 1 / 18, 0.5 - 1 / 18]
    const [r, g] = at(9, 2)
    expect(r).toBeCloseTo(share, 5)
    expect(g).toBeCloseTo(rest, 5)
  })

  it('does not show the back of a mesh', () => {
    const behind = renderTexture(square, turnedCamera(square, { yaw: 180 }, 20, 20), texture, 2, 20, 20)
    expect(behind.mask.every((value) => value === 0)).toBe(true)
  })
})
