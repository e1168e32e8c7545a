import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  averageLandmarks,
  extentOf,
  eyeAngle,
  findLandmarks,
  type Landmarks,
  meanDistance,
  shareWithin,
} from '../../../../client/capture/find/landmarks.ts'
import { type Networks, networks } from '../../../../client/capture/find/tfjs.ts'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { decodePhoto } from '../../../../client/cli/decode.ts'
import type { FaceBox } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const sample = fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url))
const box: FaceBox = { x: 172, y: 74, width: 105, height: 105, score: 1, quarterTurns: 0 }

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'landmarks of the sample photo (need npm run models)',
  () => {
    let photo: Photo
    let nets: Networks
    let found: Landmarks
    const find = (face: Partial<FaceBox> = {}) => findLandmarks(photo, { ...box, ...face }, nets)
    const at = (index: number) => found.points.subarray(3 * index, 3 * index + 3)

    beforeAll(async () => {
      photo = await decodePhoto(sample)
      nets = await networks(diskStore())
      found = await find()
    }, 60_000)

    it('run on WebAssembly in Node', () => {
      expect(nets.backend).toBe('wasm')
    })

    it('are 478 points inside the face', () => {
      expect(found.points.length).toBe(478 * 3)
      for (let i = 0; i < 478; i++) {
        expect(at(i)[0]).toBeGreaterThan(box.x - 25)
        expect(at(i)[0]).toBeLessThan(box.x + box.width + 25)
        expect(at(i)[1]).toBeGreaterThan(box.y - 45)
        expect(at(i)[1]).toBeLessThan(box.y + box.height + 25)
      }
    })

    it('lie nearer at the nose than at the ears', () => {
      expect(at(4)[2]).toBeLessThan(at(234)[2] - 30)
      expect(at(4)[2]).toBeLessThan(at(454)[2] - 30)
    })

    it.each([
      ['left', [33, 145, 133, 159], 468],
      ['right', [263, 374, 362, 386], 473],
    ] as const)('have the iris within the %s eye', (_, contour, iris) => {
      const [xs, ys] = [contour.map((index) => at(index)[0]), contour.map((index) => at(index)[1])]
      expect(at(iris)[0]).toBeGreaterThan(Math.min(...xs))
      expect(at(iris)[0]).toBeLessThan(Math.max(...xs))
      expect(at(iris)[1]).toBeGreaterThan(Math.min(...ys))
      expect(at(iris)[1]).toBeLessThan(Math.max(...ys))
    })

    it('have the inner lips between the outer ones, open in a smile', () => {
      const heights = [0, 13, 14, 17].map((index) => at(index)[1])
      expect(heights).toEqual(heights.toSorted((a, b) => a - b))
      expect(at(14)[1] - at(13)[1]).toBeGreaterThan(3)
    })

    it('hardly depend on the box, which is cut anew around the first answer', async () => {
      const { points } = await find({ x: box.x + 8, y: box.y - 6, width: 118, height: 118 })
      let sum = 0
      for (let i = 0; i < 478; i++)
        sum += Math.hypot(points[3 * i] - at(i)[0], points[3 * i + 1] - at(i)[1]) / 478
      expect(sum).toBeLessThan(0.6)
    })

    it('follow the roll of a face where it is known, else its quarter turns', async () => {
      const upsideDown = { ...photo, data: new Uint8ClampedArray(photo.data.length) }
      const pixels = new Uint32Array(photo.data.buffer, photo.data.byteOffset, photo.width * photo.height)
      new Uint32Array(upsideDown.data.buffer).set(pixels.toReversed())
      const there = { ...box, x: photo.width - box.x - box.width, y: photo.height - box.y - box.height }
      const mouth = async (face: FaceBox) =>
        (await findLandmarks(upsideDown, face, nets)).points.slice(39, 41)
      const [x, y] = [photo.width - at(13)[0], photo.height - at(13)[1]]
      const off = ([u, v]: Float32Array) => Math.hypot(u - x, v - y)
      expect(off(await mouth({ ...there, quarterTurns: 2 }))).toBeLessThan(0.5)
      expect(off(await mouth({ ...there, quarterTurns: 1, roll: 170 }))).toBeLessThan(0.8)
      expect(off(await mouth(there))).toBeGreaterThan(10)
    })

    it('say how the face lies in the photo', () => {
      expect((eyeAngle(found.points) * 180) / Math.PI).toBeCloseTo(3, 0)
      const { x, y, side } = extentOf(found.points)
      expect(Math.hypot(x - 224.5, y - 122)).toBeLessThan(6)
      expect(side).toBeGreaterThan(100)
      expect(side).toBeLessThan(120)
      expect(shareWithin(photo, found.points)).toBe(1)
      const share = shareWithin({ ...photo, width: Math.round(at(4)[0]) }, found.points)
      expect(share).toBeGreaterThan(0.45)
      expect(share).toBeLessThan(0.6)
      expect(
        meanDistance(
          found.points,
          found.points.map((value, k) => value + [3, 4, 5][k % 3]),
        ),
      ).toBeCloseTo(5, 3)
    })

    it('are averaged over four looks, so that the mirrored photo has the mirrored landmarks', async () => {
      const { mirror } = await canonicalFace(diskStore())
      const { width, height, data } = photo
      const reversed = photo.data.slice()
      for (let i = 0; i < width * height; i++) {
        const from = 4 * (i - (i % width) + (width - 1 - (i % width)))
        reversed.set(data.subarray(from, from + 4), 4 * i)
      }
      const flip = (points: Float32Array) => {
        const partner = (i: number) =>
          mirror[i] ?? [473, 476, 475, 474, 477, 468, 471, 470, 469, 472][i - 468]
        return Float32Array.from(points, (_, k) => {
          const value = points[3 * partner(Math.floor(k / 3)) + (k % 3)]
          return k % 3 === 0 ? width - value : value
        })
      }
      const direct = await averageLandmarks(photo, found.points, mirror, nets)
      const there = { ...photo, data: reversed }
      const mirrored = await averageLandmarks(there, flip(found.points), mirror, nets)
      const back = flip(mirrored.points)
      expect(direct.logit).toBeGreaterThan(15)
      let [asymmetric, moved] = [0, 0]
      for (let i = 0; i < 3 * 478; i++) {
        asymmetric = Math.max(asymmetric, Math.abs(direct.points[i] - back[i]))
        moved = Math.max(moved, Math.abs(direct.points[i] - found.points[i]))
      }
      // Eyes are 43 px apart here; a single look and its mirror image differ by more than a pixel.
      expect(asymmetric).toBeLessThan(0.05)
      expect(moved).toBeGreaterThan(0.5)
      expect(moved).toBeLessThan(6)
    })

    it('are flagged where there is no face', async () => {
      expect(found.logit).toBeGreaterThan(15)
      expect((await find({ x: 380, y: 20 })).logit).toBeLessThan(0)
    })
  },
)
