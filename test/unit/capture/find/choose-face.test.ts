import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import type { CaptureError } from '../../../../client/capture/capture-error.ts'
import { chooseFace, faceInWords } from '../../../../client/capture/find/choose-face.ts'
import { decodePhotoFile } from '../../../../client/capture/open/decode-file.ts'
import type { FaceBox } from '../../../../client/face/types.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import type { ModelStore } from '../../../../client/runtime/models.ts'
import { distFolder } from '../../../../models/paths.ts'
import { twoFaces } from '../../../support/two-faces.ts'

const sample = readFileSync(
  fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url)),
)
const grey = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(128) }

it('takes a box as it is, without looking for faces', async () => {
  const box: FaceBox = { x: 1, y: 2, width: 90, height: 80, score: 1, quarterTurns: 0 }
  const onLooking = vi.fn()
  const closed = {} as ModelStore
  expect(await chooseFace(grey, box, { store: closed, onLooking })).toEqual({ face: box, faces: [box] })
  expect(onLooking).not.toHaveBeenCalled()
})

it('tells a face by its rank from 1 on, its width and its place', () => {
  expect(faceInWords({ x: 20.4, y: 31, width: 160.2 }, 0)).toBe('face 1 (160 px wide at 20, 31)')
})

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'choosing among the faces of a photo (needs npm run models)',
  () => {
    const store = diskStore()
    const refusal = (work: Promise<unknown>): Promise<CaptureError> =>
      work.then(
        () => {
          throw new Error('It was not refused.')
        },
        (error) => error,
      )

    it('takes the one of that rank, largest first, and says that it looks', async () => {
      const photo = await decodePhotoFile(await twoFaces(sample, 400), 'two.png')
      const onLooking = vi.fn()
      const { face, faces } = await chooseFace(photo, 1, { store, onLooking })
      expect(onLooking).toHaveBeenCalledOnce()
      expect(faces).toHaveLength(2)
      expect(face).toBe(faces[1])
      // The copy stands at the right, and is smaller by 400 / 512.
      expect(face.x).toBeGreaterThan(512)
      expect(face.width / faces[0].width).toBeCloseTo(400 / 512, 1)
      const none = await refusal(chooseFace(photo, 2, { store }))
      expect(none.message).toMatch(
        /^The photo shows 2 faces, so there is no face 3: choose one of face 1 \(\d+ px wide at \d+, \d+\); face 2 \(/,
      )
      expect(none.details).toEqual({ reason: 'rank', faces: 2, face: 3 })
    })

    it('says so where there is only one', async () => {
      const photo = await decodePhotoFile(sample, 'one.png')
      const { code, message } = await refusal(chooseFace(photo, 1, { store }))
      expect(code).toBe('no-face')
      expect(message).toMatch(
        /^The photo shows one face, so there is no face 2: choose face 1 \(\d+ px wide at \d+, \d+\)\.$/,
      )
    })

    it('says so where there is none', async () => {
      const { code, message, details } = await refusal(chooseFace(grey, 0, { store }))
      expect([code, details]).toEqual(['no-face', { reason: 'none' }])
      expect(message).toMatch(/^No face was found in this photo/)
    })
  },
)
