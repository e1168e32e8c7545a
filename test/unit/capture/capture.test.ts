import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { capture, captureLocated, captureMesh } from '../../../client/capture/capture.ts'
import { findFaces } from '../../../client/capture/find/find-faces.ts'
import { type LocatedFace, locateFace } from '../../../client/capture/locate/locate-face.ts'
import { renderTexture, turnedCamera } from '../../../client/capture/mesh/render.ts'
import { decodePhoto } from '../../../client/cli/decode.ts'
import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture } from '../../../client/face/types.ts'
import type { Photo } from '../../../client/image/photo.ts'
import { renderedPsnr } from '../../../client/result/psnr.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { distFolder } from '../../../models/paths.ts'
import { sphere, waves } from './sphere.ts'

const size = 256

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'capturing a photo (needs npm run models)',
  () => {
    const store = diskStore()
    let photo: Photo
    let located: LocatedFace
    let captured: Capture
    beforeAll(async () => {
      photo = await decodePhoto(new URL('../../../client/app/sample/astronaut.png', import.meta.url).pathname)
      const [face] = await findFaces(photo, { store })
      located = await locateFace(photo, face, { store })
      captured = captureLocated(photo, located, { size })
    }, 60_000)

    it('sees most of a frontal face', () => {
      const { quality, evidence, coverage } = captured
      expect(quality.own).toBeGreaterThan(0.5)
      expect(quality.own).toBeLessThan(0.8)
      expect(quality.own + quality.mirrored + quality.none).toBeCloseTo(1, 6)
      expect(Math.abs(quality.yaw)).toBeLessThan(10)
      evidence.forEach((kind, i) => {
        if (!coverage[i]) expect(kind).toBe(Evidence.none)
      })
    })

    it.each(['shape', 'pose'] as const)('refuses a %s that is no number', (what) => {
      const { shape, pose } = located
      const broken = { shape: shape.with(5, Number.NaN), pose: { ...pose, scale: Number.NaN } }
      expect(() => captureLocated(photo, { ...located, [what]: broken[what] }, { size })).toThrow(
        expect.objectContaining({ name: 'CaptureError', code: 'bad-numbers' }),
      )
    })

    it('gives the photo back when it is looked at from the same place', () => {
      expect(renderedPsnr(captured.view, captured.content)).toBeGreaterThan(35)
    })

    it('has a view of the photo with the face in it', () => {
      const { view } = captured
      expect(view.size).toBe(size)
      const seen = view.mask.reduce((sum, value) => sum + value, 0) / view.mask.length
      expect(seen).toBeGreaterThan(0.3)
      expect(seen).toBeLessThan(0.7)
      expect(view.step * view.size).toBeGreaterThan(captured.face.width)
    })

    it('keeps the fringe out and the cheeks in', () => {
      const at = (u: number, v: number) => captured.weight[Math.floor(v * size) * size + Math.floor(u * size)]
      expect(at(0.5, 0.13)).toBe(0)
      expect(at(0.35, 0.55)).toBeGreaterThan(0.9)
      expect(at(0.65, 0.55)).toBeGreaterThan(0.9)
    })

    it('shows teeth in the chart of the mouth', () => {
      const [u, v] = [0.126, 0.926]
      const at = 3 * (Math.floor(v * size) * size + Math.floor(u * size))
      const [r, g, b] = captured.content.subarray(at, at + 3)
      expect(Math.min(r, g, b)).toBeGreaterThan(0.55)
      expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(0.2)
    })

    it('refuses a photo that shows next to nothing of the face, and says why', () => {
      const relit = (level: number): Photo => ({
        ...photo,
        data: photo.data.map((value, i) => (i % 4 === 3 ? 255 : value > 20 ? level : value)),
      })
      const painted = new Uint8Array(photo.width * photo.height).fill(1)
      painted.fill(0, 0, photo.width * Math.round(located.landmarks[3 * 10 + 1]))
      for (const [how, distrust, said] of [
        [photo, painted, /shows \d+% of this face, and 12% are needed: \d+% of it are painted over/],
        [relit(255), undefined, /burnt out to white: use a photo with less light/],
        [relit(0), undefined, /black: use a photo with more light/],
      ] as const) {
        const refused = () => captureLocated(how, located, { size: 128, distrust })
        expect(refused).toThrow(said)
        expect(refused).toThrow(expect.objectContaining({ code: 'little-shown' }))
      }
    })

    it('completes the texture without what was brushed out', () => {
      const distrust = new Uint8Array(photo.width * photo.height)
      const { landmarks } = located
      // The tip of the nose.
      const [x, y] = [Math.round(landmarks[12]), Math.round(landmarks[13])]
      for (let row = y - 6; row <= y + 6; row++)
        distrust.fill(1, row * photo.width + x - 6, row * photo.width + x + 7)
      const brushed = captureLocated(photo, located, { size, distrust })
      expect(brushed.quality.own).toBeLessThan(captured.quality.own)
      const { uv } = captured.mesh
      const tip = Math.floor(uv[9] * size) * size + Math.floor(uv[8] * size)
      expect(captured.weight[tip]).toBeGreaterThan(0.9)
      expect(brushed.weight[tip]).toBe(0)
      expect(brushed.content.every((value) => value >= 0 && value <= 1)).toBe(true)
    })

    it('says which stage it is in, and that there is no second face', async () => {
      const stages: string[] = []
      const whole = await capture(photo, { store, size, onStage: (stage) => stages.push(stage) })
      expect(stages.length).toBe(4)
      expect(whole.quality).toEqual(captured.quality)
      await expect(capture(photo, { store, size, face: 1 })).rejects.toThrow(/no face 2/)
    }, 60_000)
  },
)

describe('capturing with a mesh and a camera', () => {
  const mesh = sphere()
  const camera = turnedCamera(mesh, { yaw: 20 }, 300, 300)
  const texture = waves(256)
  const { rgb } = renderTexture(mesh, camera, texture, 256, 300, 300)
  const data = new Uint8ClampedArray(300 * 300 * 4)
  for (let i = 0; i < 300 * 300; i++) for (let c = 0; c < 3; c++) data[4 * i + c] = 255 * rgb[3 * i + c]
  const photo = { width: 300, height: 300, data }

  it('needs no network, and knows no symmetry', () => {
    const captured = captureMesh(photo, mesh, camera, { size: 128, initial: 'mirror' })
    expect(captured.symmetric).toBe(false)
    expect(captured.pose).toBeNull()
    expect(captured.landmarks.length).toBe(0)
    expect(captured.quality.mirrored).toBe(0)
    expect(captured.face.width).toBeCloseTo(270, -1)
    expect(renderedPsnr(captured.view, captured.content)).toBeGreaterThan(30)
  })

  it('says so where the mesh is not in the photo', () => {
    const beside = { matrix: camera.matrix.slice() }
    beside.matrix[3] += 5000
    expect(() => captureMesh(photo, mesh, beside, { size: 64 })).toThrow('none of the mesh')
    const behind = { matrix: Float64Array.from([1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1]) }
    expect(() => captureMesh(photo, mesh, behind, { size: 64 })).toThrow('behind the camera')
  })
})
