import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { capture } from '../../../../client/capture/capture.ts'
import { findFaces } from '../../../../client/capture/find/find-faces.ts'
import { averageLandmarks, eyeDistance, findLandmarks } from '../../../../client/capture/find/landmarks.ts'
import { networks } from '../../../../client/capture/find/tfjs.ts'
import { frontAligned, jacobians } from '../../../../client/capture/locate/front-aligned.ts'
import { poseOf } from '../../../../client/capture/locate/pose.ts'
import { project } from '../../../../client/capture/mesh/camera.ts'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { renderTexture, turnedCamera } from '../../../../client/capture/mesh/render.ts'
import { decodePhoto } from '../../../../client/cli/decode.ts'
import type { Capture } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const sample = fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url))

describe('jacobians', () => {
  it('are those of a linear map', () => {
    const from = Float32Array.of(0, 0, 5, 2, 0, 1, 0, 3, 7, 2, 2, 0)
    const map = [0.5, -1, 2, 0.25]
    const to = Float32Array.from({ length: 12 }, (_, k) => {
      const [v, axis] = [3 * Math.floor(k / 3), k % 3]
      if (axis === 2) return 7
      return 10 + map[2 * axis] * from[v] + map[2 * axis + 1] * from[v + 1]
    })
    const found = jacobians(from, to, Uint32Array.of(0, 1, 2, 1, 3, 2))
    for (let v = 0; v < 4; v++)
      map.forEach((value, k) => {
        expect(found[4 * v + k]).toBeCloseTo(value, 5)
      })
  })

  it('are 0 where all neighbours lie in one line', () => {
    const line = Float32Array.of(0, 0, 0, 1, 1, 0, 2, 2, 0)
    expect([...jacobians(line, line, Uint32Array.of(0, 1, 2))]).toEqual(new Array(12).fill(0))
  })
})

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'landmarks aligned with the front (needs npm run models)',
  () => {
    const store = diskStore()
    let known: Capture
    beforeAll(async () => {
      known = await capture(await decodePhoto(sample), { store, size: 256 })
    }, 60_000)

    /** The sample's face turned, on grey, and where its landmarks are in truth. */
    const turned = (yaw: number) => {
      const side = 640
      const camera = turnedCamera(known.mesh, { yaw }, side, side)
      const { rgb, mask } = renderTexture(known.mesh, camera, known.content, 256, side, side)
      const data = new Uint8ClampedArray(4 * side * side).fill(255)
      for (let i = 0; i < side * side; i++)
        for (let c = 0; c < 3; c++) data[4 * i + c] = mask[i] ? 255 * rgb[3 * i + c] : 150
      const photo: Photo = { width: side, height: side, data }
      return { photo, person: mask, truth: project(known.mesh.positions, camera) }
    }

    it.each([45, -45])('err less than before on a face turned by %d degrees', async (yaw) => {
      const { photo, person, truth } = turned(yaw)
      const nets = await networks(store)
      const canonical = await canonicalFace(store)
      const [face] = await findFaces(photo, { store })
      const found = await findLandmarks(photo, face, nets)
      const { points } = await averageLandmarks(photo, found.points, canonical.mirror, nets)
      const aligned = await frontAligned(photo, points, poseOf(points, canonical), person, canonical, nets)
      expect(aligned.length).toBe(3 * 478)
      const [s, c] = [Math.sin((yaw * Math.PI) / 180), Math.cos((yaw * Math.PI) / 180)]
      const { normals } = known.mesh
      const seen = Array.from({ length: 468 }, (_, v) => v).filter(
        (v) => c * normals[3 * v + 2] - s * normals[3 * v] > 0.2,
      )
      const errorOf = (landmarks: Float32Array) => {
        const squares = seen.map(
          (v) => (landmarks[3 * v] - truth[4 * v]) ** 2 + (landmarks[3 * v + 1] - truth[4 * v + 1]) ** 2,
        )
        const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length
        return (100 * Math.sqrt(mean)) / eyeDistance(points)
      }
      expect(errorOf(aligned)).toBeLessThan(errorOf(points))
    })
  },
)
