import { describe, expect, it } from 'vitest'
import { anglesOf, poseOf, shapeOf, similarity } from '../../../../client/capture/locate/pose.ts'
import { poseCamera, project } from '../../../../client/capture/mesh/camera.ts'
import { turnRotation } from '../../../../client/capture/mesh/render.ts'
import { randomArray } from '../../../support/random.ts'

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
    expect(Math.abs(found.scale - 23)).toBeLessThan(1e-9)
    found.rotation.forEach((value, i) => {
      expect(Math.abs(value - rotation[i])).toBeLessThan(1e-9)
    })
    found.translation.forEach((value, row) => {
      expect(Math.abs(value - 100 * row)).toBeLessThan(1e-9)
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

  it('leaves out points of no weight, and does not care for the scale of the weights', () => {
    const source = [...randomArray(30, 1)]
    const target = source.map((value) => 3 * value + 2)
    target[27] += 50
    const weights = [...randomArray(9, 2, 1, 2), 0]
    for (const factor of [1, 1e6]) {
      const { scale, translation } = similarity(
        source,
        target,
        weights.map((weight) => factor * weight),
      )
      expect(Math.abs(scale - 3)).toBeLessThan(1e-9)
      for (const value of translation) expect(Math.abs(value - 2)).toBeLessThan(1e-9)
    }
  })

  it.each([
    ['points in a plane', 2],
    ['points on a line', 1],
  ])('maps %s exactly', (_, dimensions) => {
    const source = [...randomArray(30, 4)].map((value, i) => (i % 3 < dimensions ? value : 0))
    const turn = turnRotation({ yaw: 30, pitch: -20, roll: 50 })
    const target = source.map((_, k) => {
      const [i, row] = [k - (k % 3), k % 3]
      return 4 * [0, 1, 2].reduce((sum, c) => sum + turn[3 * row + c] * source[i + c], 0) + row
    })
    const { rotation, scale, translation } = similarity(source, target, Array(10).fill(1))
    target.forEach((value, k) => {
      const [i, row] = [k - (k % 3), k % 3]
      const mapped = scale * [0, 1, 2].reduce((sum, c) => sum + rotation[3 * row + c] * source[i + c], 0)
      expect(Math.abs(mapped + translation[row] - value)).toBeLessThan(1e-9)
    })
  })

  it('fits noisy points better than the transform that made them', () => {
    const source = [...randomArray(300, 5, -7, 7)]
    const noise = randomArray(300, 6, -2, 2)
    const target = source.map((value, i) => 30 * value + noise[i])
    const { rotation, scale, translation } = similarity(source, target, Array(100).fill(1))
    const squares = (map: (i: number, row: number) => number) =>
      target.reduce((sum, value, k) => sum + (map(k - (k % 3), k % 3) - value) ** 2, 0)
    const found = squares(
      (i, row) =>
        scale * [0, 1, 2].reduce((sum, c) => sum + rotation[3 * row + c] * source[i + c], 0) +
        translation[row],
    )
    expect(found).toBeLessThan(squares((i, row) => 30 * source[i + row]))
    expect(scale).toBeCloseTo(30, 0)
  })
})

describe('anglesOf', () => {
  // Head frame: x to the viewer's right, y up, z towards the viewer. Columns: where x, y and z point.
  const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
  const degrees = (0.3 * 180) / Math.PI
  it.each([
    ['yaw', 'the face looks to the image right', [c, 0, s, 0, 1, 0, -s, 0, c]],
    ['pitch', 'the face looks up', [1, 0, 0, 0, c, s, 0, -s, c]],
    ['roll', 'the crown leans to the image right', [c, s, 0, -s, c, 0, 0, 0, 1]],
  ] as const)('has %s > 0 where %s', (name, _, rotation) => {
    const turn = { yaw: 0, pitch: 0, roll: 0, [name]: degrees }
    const back = Object.fromEntries(Object.keys(turn).map((key) => [key, -turn[key as keyof typeof turn]]))
    const transposed = [0, 3, 6, 1, 4, 7, 2, 5, 8].map((i) => rotation[i])
    for (const [matrix, expected] of [
      [rotation, turn],
      [transposed, back],
    ] as const) {
      const found = anglesOf(matrix)
      expect(found.yaw).toBeCloseTo(expected.yaw, 9)
      expect(found.pitch).toBeCloseTo(expected.pitch, 9)
      expect(found.roll).toBeCloseTo(expected.roll, 9)
    }
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
