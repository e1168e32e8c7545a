import { describe, expect, it } from 'vitest'
import { poseCamera, project, viewpoint } from '../../../../client/capture/mesh/camera.ts'
import { turnedCamera, turnRotation } from '../../../../client/capture/mesh/render.ts'

describe('poseCamera', () => {
  it('projects as the pose is defined, nearer is smaller in depth', () => {
    const rotation = turnRotation({ yaw: 20, pitch: -10, roll: 5 })
    const pose = { rotation, scale: 30, translation: [200, -150] as [number, number] }
    const point = [1, 2, 3]
    const turned = [0, 1, 2].map((row) =>
      point.reduce((sum, value, c) => sum + rotation[3 * row + c] * value, 0),
    )
    const [x, y, depth, inverse] = project(point, poseCamera(pose))
    expect(x).toBeCloseTo(30 * turned[0] + 200, 3)
    expect(y).toBeCloseTo(-(30 * turned[1] - 150), 3)
    expect(depth).toBeCloseTo(-30 * turned[2], 3)
    expect(inverse).toBe(1)
  })

  it('turns yaw > 0 to the right, pitch > 0 up, roll > 0 clockwise', () => {
    const nose = { positions: Float32Array.from([-5, -5, -5, 5, 5, 5, 0, 0, 5]) }
    const tip = (turn: object) => project([0, 0, 5], turnedCamera(nose, turn, 100, 100))
    expect(tip({ yaw: 30 })[0]).toBeGreaterThan(60)
    expect(tip({ pitch: 30 })[1]).toBeLessThan(40)
    const crown = project([0, 5, 0], turnedCamera(nose, { roll: 30 }, 100, 100))
    expect(crown[0]).toBeGreaterThan(60)
  })
})

describe('viewpoint', () => {
  it('is a direction for an orthographic camera', () => {
    const rotation = turnRotation({ yaw: 90 })
    const [x, y, z, w] = viewpoint(poseCamera({ rotation, scale: 10, translation: [0, 0] }))
    // A head that looks to the right is seen from its own right: from the head's -x.
    expect([x, y, z, w].map((value) => Math.round(value * 1e6) / 1e6 + 0)).toEqual([-1, 0, 0, 0])
  })

  it('is the centre of a perspective camera', () => {
    // A pinhole at z = 50 that looks along -z: w = 50 - z.
    const matrix = Float64Array.from([100, 0, -50, 2500, 0, -100, -50, 2500, 0, 0, 0, -1, 0, 0, -1, 50])
    const [x, y, z, w] = viewpoint({ matrix })
    expect(x).toBeCloseTo(0, 6)
    expect(y).toBeCloseTo(0, 6)
    expect(z).toBeCloseTo(50, 6)
    expect(w).toBe(1)
  })
})
