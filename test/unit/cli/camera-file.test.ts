import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readCamera } from '../../../client/cli/camera-file.ts'
import { pipeOf } from '../../support/pipe.ts'

const folder = mkdtempSync(join(tmpdir(), 'camera-'))
afterAll(() => rmSync(folder, { recursive: true }))
const photo = { width: 400, height: 200 }
let count = 0
function camera(json: unknown) {
  const path = join(folder, `camera-${count++}.json`)
  writeFileSync(path, typeof json === 'string' ? json : JSON.stringify(json))
  return readCamera(path, photo)
}

/** Where a point, in the mesh file's units, lands: [px, py, depth]. The camera takes centimetres, 100 to a unit. */
async function project(json: unknown, [x, y, z]: number[]) {
  const { matrix } = await camera(json)
  const row = (r: number) =>
    100 * (matrix[4 * r] * x + matrix[4 * r + 1] * y + matrix[4 * r + 2] * z) + matrix[4 * r + 3]
  return [row(0) / row(3), row(1) / row(3), row(2) / row(3)]
}
function expectClose(got: number[], want: number[]) {
  want.forEach((value, i) => {
    expect(got[i]).toBeCloseTo(value, 6)
  })
}

describe('readCamera', () => {
  it('takes a matrix as it is', async () => {
    const matrix = [1, 0, 0, 10, 0, -1, 0, 20, 0, 0, -1, 0, 0, 0, 0, 1]
    expectClose(await project({ matrix }, [3, 4, 5]), [13, 16, -5])
  })

  it('places a scaled rotation by px = s(Rx)_x + tx, py = -(s(Rx)_y + ty)', async () => {
    const quarterTurn = [0, -1, 0, 1, 0, 0, 0, 0, 1]
    const json = { rotation: quarterTurn, scale: 2, translation: [100, -50] }
    expectClose(await project(json, [3, 4, 5]), [100 - 8, 50 - 6, -10])
  })

  describe('perspective', () => {
    const json = { fovY: 90, position: [0, 0, 10], target: [0, 0, 0] }

    it('puts the target in the middle and the field of view on the edges', async () => {
      expectClose(await project(json, [0, 0, 0]), [200, 100, 0])
      expectClose(await project(json, [0, 10, 0]), [200, 0])
      expectClose(await project(json, [10, 0, 0]), [300, 100])
    })

    it('shrinks what is farther, and gives the nearer the smaller depth, in pixels around the target', async () => {
      const [near, far] = [await project(json, [2, 0, 5]), await project(json, [2, 0, -5])]
      expect(near[0]).toBeGreaterThan(far[0])
      const [closer] = [(await project(json, [0, 0, 0.01]))[2]]
      expect(closer).toBeCloseTo(-0.01 * 10, 3)
      expect(near[2]).toBeLessThan(far[2])
    })

    it('takes a picture of the same proportions and refuses another', async () => {
      expectClose(await project({ ...json, width: 800, height: 400 }, [0, 10, 0]), [200, 0])
      await expect(camera({ ...json, width: 400, height: 400 })).rejects.toThrow(
        'other proportions than the photo',
      )
    })

    it('refuses a view without direction', async () => {
      await expect(camera({ ...json, target: [0, 0, 10] })).rejects.toThrow('"target" must differ')
      await expect(camera({ ...json, up: [0, 0, 1] })).rejects.toThrow('"up" must not')
    })
  })

  it.each([
    ['{ not json', /is not JSON/],
    [{ kamera: 1 }, /is no camera: give/],
    [[1, 2], /is no camera/],
    ['null', /is no camera/],
    [{ matrix: [1, 2, 3] }, /matrix: /],
    [{ matrix: Array(16).fill('1') }, /matrix\.0: /],
    [{ rotation: Array(9).fill(0), scale: -1, translation: [0, 0] }, /scale: /],
    [{ fovY: 30, position: [0, 0, 1], target: [0, 0, 0], roll: 3 }, /roll/],
    [{ fovY: 30, position: [0, 0, 1e308], target: [0, 0, 0] }, /numbers that are not finite/],
    [{ rotation: Array(9).fill(1e300), scale: 1e300, translation: [0, 0] }, /numbers that are not finite/],
    [' '.repeat(70_000), /has more than 65,536 bytes/],
  ])('refuses %j', async (json, message) => {
    await expect(camera(json)).rejects.toThrow(message)
  })
})

it('reads a pipe, and says where there is nothing in it', async () => {
  const matrix = [1, 0, 0, 10, 0, -1, 0, 20, 0, 0, -1, 0, 0, 0, 0, 1]
  expect((await readCamera(pipeOf(folder, 'pipe', JSON.stringify({ matrix })), photo)).matrix[3]).toBe(10)
  await expect(readCamera(pipeOf(folder, 'nothing', ''), photo)).rejects.toThrow(
    'nothing is empty: give a camera as JSON.',
  )
})
