import { describe, expect, it } from 'vitest'
import { poseCamera, project } from '../../../client/capture/camera.ts'
import { anglesOf, poseOf, shapeOf, similarity } from '../../../client/capture/pose.ts'
import { turnRotation } from '../../../client/capture/render.ts'
import { randomArray } from '../../support/random.ts'

const angles = [
  { yaw: 0, pitch: 0, roll: 0 },
  { yaw: 40, pitch: 10, roll: -5 },
  { yaw: -70, pitch: -25, roll: 30 },
  { yaw: 15, pitch: 5, roll: 170 },
  { yaw: 5, pitch: -10, roll: -95 },
]

/** 468 points of a head's size, and 33 of them with weights. */
function head() {
  const pos = Float64Array.from(randomArray(468 * 3, 7, -7, 7))
  const basis = Array.from(randomArray(33, 8, 0.01, 1), (weight, i): [number, number] => [14 * i, weight])
  return { pos, basis }
}

/** As the landmark network gives them: y down, nearer is smaller. */
function landmarksOf(pos: Float64Array, rotation: Float64Array, scale: number, [tx, ty]: [number, number]) {
  return Float32Array.from(pos, (_, k) => {
    const [i, axis] = [k - (k % 3), k % 3]
    const turned = [0, 1, 2].reduce((sum, c) => sum + rotation[3 * axis + c] * pos[i + c], 0)
    return axis === 0 ? scale * turned + tx : axis === 1 ? -(scale * turned + ty) : -scale * turned
  })
}

describe('similarity', () => {
  it.each(angles)('recovers a known transform: yaw $yaw, pitch $pitch, roll $roll', (turn) => {
    const { pos, basis } = head()
    const rotation = turnRotation(turn)
    const source = basis.flatMap(([i]) => [...pos.subarray(3 * i, 3 * i + 3)])
    const target = basis.flatMap((_, i) =>
      [0, 1, 2].map(
        (row) =>
          23 * [0, 1, 2].reduce((sum, c) => sum + rotation[3 * row + c] * source[3 * i + c], 0) + 100 * row,
      ),
    )
    const found = similarity(
      source,
      target,
      basis.map(([, weight]) => weight),
    )
    expect(found.scale).toBeCloseTo(23, 8)
    found.rotation.forEach((value, i) => {
      expect(value).toBeCloseTo(rotation[i], 8)
    })
    found.translation.forEach((value, row) => {
      expect(value).toBeCloseTo(100 * row, 6)
    })
  })

  it('is a rotation even where a reflection would fit better', () => {
    const source = [1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1]
    const mirrored = source.map((value, i) => (i % 3 === 0 ? -value : value))
    const [a, b, c, d, e, f, g, h, i] = similarity(source, mirrored, [1, 1, 1, 1]).rotation
    expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 8)
  })

  it('follows the points of greater weight', () => {
    const source = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    const target = [5, 0, 0, 6, 0, 0, 5, 1, 0, 5, 0, 9]
    const { scale, translation } = similarity(source, target, [1, 1, 1, 1e-9])
    expect(scale).toBeCloseTo(1, 4)
    expect(translation[0]).toBeCloseTo(5, 4)
  })
})

describe('the pose of landmarks', () => {
  it.each(angles)('has the angles that the head was turned by: $yaw, $pitch, $roll', (turn) => {
    const { pos, basis } = head()
    const pose = poseOf(landmarksOf(pos, turnRotation(turn), 30, [400, -300]), { pos, basis })
    expect(pose.yaw).toBeCloseTo(turn.yaw, 3)
    expect(pose.pitch).toBeCloseTo(turn.pitch, 3)
    expect(pose.roll).toBeCloseTo(turn.roll, 3)
    expect(pose.scale).toBeCloseTo(30, 3)
  })

  it('has yaw > 0 to the right, pitch > 0 up and roll > 0 clockwise in the image', () => {
    const tip = [0, 0, 10]
    const crown = [0, 10, 0]
    const seen = (turn: object, point: number[]) =>
      project(point, poseCamera({ rotation: turnRotation(turn), scale: 1, translation: [0, 0] }))
    expect(seen({ yaw: 20 }, tip)[0]).toBeGreaterThan(1)
    expect(seen({ pitch: 20 }, tip)[1]).toBeLessThan(-1)
    expect(seen({ roll: 20 }, crown)[0]).toBeGreaterThan(1)
    expect(anglesOf(turnRotation({ yaw: 20 })).yaw).toBeCloseTo(20, 6)
  })

  it('un-poses landmarks into a shape that lands on them again', () => {
    const { pos, basis } = head()
    const noise = randomArray(468 * 3, 3, -4, 4)
    const landmarks = landmarksOf(pos, turnRotation({ yaw: 25, roll: 8 }), 30, [400, -300]).map(
      (value, i) => value + noise[i],
    )
    const pose = poseOf(landmarks, { pos, basis })
    const screen = project(shapeOf(landmarks, pose), poseCamera(pose))
    for (let i = 0; i < 468; i++) {
      expect(screen[4 * i]).toBeCloseTo(landmarks[3 * i], 2)
      expect(screen[4 * i + 1]).toBeCloseTo(landmarks[3 * i + 1], 2)
      expect(screen[4 * i + 2]).toBeCloseTo(landmarks[3 * i + 2], 2)
    }
  })
})
