import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { captureLocated } from '../../../../client/capture/capture.ts'
import { findFaces } from '../../../../client/capture/find/find-faces.ts'
import { averageLandmarks, eyeDistance, findLandmarks } from '../../../../client/capture/find/landmarks.ts'
import { networks } from '../../../../client/capture/find/tfjs.ts'
import { type LocatedFace, locateFace } from '../../../../client/capture/locate/locate-face.ts'
import { poseOf } from '../../../../client/capture/locate/pose.ts'
import { poseCamera, project } from '../../../../client/capture/mesh/camera.ts'
import { renderTexture, turnedCamera } from '../../../../client/capture/mesh/render.ts'
import { decodePhoto } from '../../../../client/cli/decode.ts'
import type { FaceBox } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import type { ModelStore } from '../../../../client/runtime/models.ts'
import { distFolder } from '../../../../models/paths.ts'

it('says how wide a face is that is too small, without loading a network', async () => {
  const photo = { width: 100, height: 100, data: new Uint8ClampedArray(40_000) }
  const small: FaceBox = { x: 0, y: 0, width: 80, height: 63.4, score: 1, quarterTurns: 0 }
  await expect(locateFace(photo, small, { store: {} as ModelStore })).rejects.toMatchObject({
    code: 'too-small',
    message: 'The face found is 63 px wide; use a photo where it is at least 64 px.',
    details: { width: 63, least: 64 },
  })
})

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'locating a face (needs npm run models)',
  () => {
    const store = diskStore()
    let photo: Photo
    let face: LocatedFace
    beforeAll(async () => {
      photo = await decodePhoto(
        fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url)),
      )
      const [box] = await findFaces(photo, { store })
      face = await locateFace(photo, box, { store })
    }, 60_000)

    const lookedAt = async (image: Photo, { face: box, canonical }: LocatedFace) => {
      const nets = await networks(store)
      const { points } = await findLandmarks(image, box, nets)
      return averageLandmarks(image, points, canonical.mirror, nets)
    }

    it('takes landmarks as the network has them where the face only looks up or down', async () => {
      expect(Math.abs(face.pose.pitch)).toBeGreaterThan(8)
      expect(face.landmarks).toEqual((await lookedAt(photo, face)).points)
      expect(face.interOcular).toBe(eyeDistance(face.landmarks))
    })

    it('has a shape and a pose that lead back to the landmarks', () => {
      const screen = project(face.shape, poseCamera(face.pose))
      for (let v = 0; v < 468; v++)
        for (let axis = 0; axis < 2; axis++)
          expect(screen[4 * v + axis]).toBeCloseTo(face.landmarks[3 * v + axis], 2)
    })

    it('corrects the turn that the network takes for too small', async () => {
      const { mesh, content } = captureLocated(photo, face, { size: 256 })
      const side = 480
      const { rgb, mask } = renderTexture(
        mesh,
        turnedCamera(mesh, { yaw: 35 }, side, side),
        content,
        256,
        side,
        side,
      )
      const data = new Uint8ClampedArray(4 * side * side).fill(255)
      for (let i = 0; i < side * side; i++)
        for (let c = 0; c < 3; c++) data[4 * i + c] = mask[i] ? 255 * rgb[3 * i + c] : 128
      const turned = { width: side, height: side, data }
      const [box] = await findFaces(turned, { store })
      const located = await locateFace(turned, box, { store })
      const seen = poseOf((await lookedAt(turned, located)).points, located.canonical)
      expect(seen.yaw).toBeLessThan(32)
      expect(located.pose.yaw).toBeGreaterThan(seen.yaw + 2)
      expect(located.pose.yaw).toBeLessThan(36)
    })

    it('says so where a box has no face in it', async () => {
      await expect(locateFace(photo, { ...face.face, x: 380, y: 20 }, { store })).rejects.toMatchObject({
        code: 'no-face',
        message: expect.stringContaining('not the photo of a face'),
      })
    })
  },
)
