import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { findLandmarks } from '../../../../client/capture/find/landmarks.ts'
import { segmentPerson } from '../../../../client/capture/find/segment.ts'
import { type Networks, networks } from '../../../../client/capture/find/tfjs.ts'
import { decodePhoto } from '../../../../client/cli/decode.ts'
import type { FaceBox } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const sample = fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url))
const box: FaceBox = { x: 172, y: 74, width: 105, height: 105, score: 1, quarterTurns: 0 }

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'the person mask of the sample photo (needs npm run models)',
  () => {
    let photo: Photo
    let nets: Networks
    let points: Float32Array
    let person: Float32Array
    beforeAll(async () => {
      photo = await decodePhoto(sample)
      nets = await networks(diskStore())
      points = (await findLandmarks(photo, box, nets)).points
      person = await segmentPerson(photo, box, points, nets)
    }, 60_000)

    it('has a value of 0..1 for each pixel of the photo', () => {
      expect(person.length).toBe(photo.width * photo.height)
      expect(person.every((value) => value >= 0 && value <= 1)).toBe(true)
    })

    it('is sure of the face and of the background beside the head', () => {
      const at = (x: number, y: number) => person[y * photo.width + x]
      for (const [x, y] of [
        [224, 128],
        [200, 145],
        [250, 145],
        [224, 165],
      ])
        expect(at(x, y), `${x}, ${y}`).toBeGreaterThan(0.95)
      for (const [x, y] of [
        [120, 40],
        [330, 40],
      ])
        expect(at(x, y), `${x}, ${y}`).toBeLessThan(0.1)
    })

    it('is 0 beside and above head and shoulders; below them a body goes on', () => {
      const at = (x: number, y: number) => person[y * photo.width + x]
      expect(at(500, 100)).toBe(0)
      expect(at(100, 2)).toBeLessThan(0.01)
      expect(at(224, 330)).toBeGreaterThan(0.9)
    })

    it('turns with the photo', async () => {
      const { data, info } = await sharp(sample)
        .rotate(90)
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const turned = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
      const turnedBox = { ...box, x: photo.height - box.y - box.height, y: box.x, quarterTurns: 3 }
      const turnedPoints = points.map((value, k) => {
        if (k % 3 === 2) return value
        return k % 3 ? points[k - 1] : photo.height - points[k + 1]
      })
      const mask = await segmentPerson(turned, turnedBox, turnedPoints, nets)
      let sum = 0
      for (let y = 0; y < photo.height; y++)
        for (let x = 0; x < photo.width; x++)
          sum += Math.abs(mask[x * photo.height + (photo.height - 1 - y)] - person[y * photo.width + x])
      expect(sum / person.length).toBeLessThan(0.002)
    })

    /** The sample with other levels. */
    const relit = (level: (value: number) => number): Photo => ({
      ...photo,
      data: photo.data.map((value, i) => (i % 4 === 3 ? value : level(value))),
    })

    it.each([
      ['pale', (value: number) => 225 + 0.1 * value],
      ['dim', (value: number) => 0.06 * value],
      ['grey', (value: number) => 120 + 0.05 * value],
    ])('does not deny the face of a %s picture, and keeps the background out', async (_, level) => {
      const mask = await segmentPerson(relit(level), box, points, nets)
      const at = (x: number, y: number) => mask[y * photo.width + x]
      for (const [x, y] of [
        [224, 128],
        [200, 145],
        [250, 145],
        [224, 165],
      ])
        expect(at(x, y), `${x}, ${y}`).toBeGreaterThan(0.9)
      expect(at(120, 40)).toBeLessThan(0.3)
      expect(at(330, 40)).toBeLessThan(0.3)
    })

    it('is 0 in a frame around a circle, and sure of the face within', async () => {
      // Closely around the face: the person goes on beyond the circle.
      const [left, top, side] = [149, 51, 150]
      const round: Photo = {
        width: side,
        height: side,
        data: new Uint8ClampedArray(4 * side * side).fill(255),
      }
      const inCircle = (i: number) =>
        Math.hypot((i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2) < side / 2
      for (let i = 0; i < side * side; i++) {
        const from = 4 * ((Math.floor(i / side) + top) * photo.width + (i % side) + left)
        if (inCircle(i)) round.data.set(photo.data.subarray(from, from + 4), 4 * i)
      }
      const shifted = points.map((value, k) => value - [left, top, 0][k % 3])
      const mask = await segmentPerson(round, { ...box, x: box.x - left, y: box.y - top }, shifted, nets)
      expect(mask.every((value, i) => inCircle(i) || value === 0)).toBe(true)
      expect(mask[(128 - top) * side + 224 - left]).toBeGreaterThan(0.95)
    })

    it('does not deny the face where nothing can be told from anything', async () => {
      const mask = await segmentPerson(
        relit(() => 128),
        box,
        points,
        nets,
      )
      expect(mask[128 * photo.width + 224]).toBe(1)
    })
  },
)
