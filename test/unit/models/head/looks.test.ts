import { expect, test } from 'vitest'
import { poseCamera, project } from '../../../../client/capture/mesh/camera.ts'
import { lookingAt, upperSkin } from '../../../../models/head/looks.ts'
import type { Human } from '../../../../models/head/make-human.ts'

/** Two triangles of a head, one of a foot, one of a hand. */
const human: Human = {
  positions: Float64Array.from([0, 80, 4, 5, 70, 4, -5, 70, 4, 0, 70, 9, 0, 0, 0, 60, 60, 0]),
  triangles: Uint32Array.of(0, 1, 2, 0, 2, 3, 1, 2, 4, 0, 1, 5),
  uvTriangles: Uint32Array.of(7, 8, 9, 7, 9, 3, 8, 9, 4, 7, 8, 5),
  uv: new Float32Array(20),
  target: () => new Float64Array(18),
  skinWeight: () => 0,
}

test('the upper skin is without legs and arms, with its layout', () => {
  const { triangles, uvTriangles } = upperSkin(human)
  expect([...triangles]).toEqual([0, 1, 2, 0, 2, 3])
  expect([...uvTriangles]).toEqual([7, 8, 9, 7, 9, 3])
})

test("the middle of the head stays in the picture's middle as it turns", () => {
  const picture = { size: 512, scale: 15 }
  for (const turn of [{}, { yaw: 40 }, { pitch: -12 }]) {
    const pose = lookingAt(human.positions, upperSkin(human), turn, picture)
    const [x, y] = project([0, 80 - 12, 4], poseCamera(pose))
    expect(x).toBeCloseTo(256, 3)
    expect(y).toBeCloseTo(256, 3)
  }
  const front = poseCamera(lookingAt(human.positions, upperSkin(human), {}, picture))
  expect(project([0, 80, 4], front)[1]).toBeCloseTo(256 - 12 * 15, 3)
})
