import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { detectFaces, detectInParts } from '../../../client/capture/detect.ts'
import { findFaces, type LocatedFace, locateFace } from '../../../client/capture/find.ts'
import { averageLandmarks, findLandmarks } from '../../../client/capture/landmarks.ts'
import { networks } from '../../../client/capture/tfjs.ts'
import type { CaptureError, FaceBox, Photo } from '../../../client/capture/types.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { distFolder } from '../../../models/paths.ts'

const sample = fileURLToPath(new URL('../../../client/app/sample/astronaut.png', import.meta.url))
/** The sample photo has 512 x 512 pixels, and its face is this wide. */
const FACE = 105
const grey = { r: 120, g: 125, b: 130 }

async function pixels(image: Sharp): Promise<Photo> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

async function encoded(image: Sharp) {
  return sharp(await image.png().toBuffer())
}

const astronaut = () => sharp(sample).removeAlpha()

/** Copies of the sample photo on an even background: [left, top, width of its face]. */
async function onBackground(width: number, height: number, copies: [number, number, number][]) {
  const layers = copies.map(async ([left, top, face]) => ({
    input: await astronaut()
      .resize(Math.round((512 * face) / FACE))
      .toBuffer(),
    left,
    top,
  }))
  const canvas = sharp({ create: { width, height, channels: 3, background: grey } })
  return pixels(await encoded(canvas.composite(await Promise.all(layers))))
}

const cartoon = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="600" height="700">
  <rect width="600" height="700" fill="#9cf"/>
  <ellipse cx="300" cy="350" rx="170" ry="220" fill="#f2c9a5" stroke="#333" stroke-width="4"/>
  <path d="M130 300Q150 90 300 100 450 90 470 300 400 180 300 190 200 180 130 300" fill="#532"/>
  <g fill="white" stroke="#333" stroke-width="3">
    <ellipse cx="235" cy="320" rx="34" ry="18"/><ellipse cx="365" cy="320" rx="34" ry="18"/>
  </g>
  <g fill="#246"><circle cx="235" cy="320" r="14"/><circle cx="365" cy="320" r="14"/></g>
  <g fill="none" stroke="#532" stroke-width="9">
    <path d="M195 285Q235 265 275 285M325 285Q365 265 405 285"/>
    <path d="M300 330L280 415Q300 430 322 415" stroke="#a75" stroke-width="5"/>
  </g>
  <path d="M235 470Q300 520 365 470 300 490 235 470" fill="#c44"/>
</svg>`)

const smiley = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">
  <rect width="400" height="400" fill="white"/>
  <circle cx="200" cy="200" r="150" fill="#fd3" stroke="black" stroke-width="6"/>
  <circle cx="150" cy="160" r="18"/><circle cx="250" cy="160" r="18"/>
  <path d="M120 240Q200 330 280 240" fill="none" stroke="black" stroke-width="10"/>
</svg>`)

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'finding faces (needs npm run models)',
  () => {
    const store = diskStore()
    let photo: Photo
    let box: FaceBox
    let face: LocatedFace
    const find = (image: Photo) => findFaces(image, { store })
    const locateLargest = async (image: Photo) => locateFace(image, (await find(image))[0], { store })
    /** What the promise is rejected with, as [code, message]. */
    const refusal = (work: Promise<unknown>) =>
      work.then(
        () => 'accepted',
        (error: CaptureError) => [error.code, error.message],
      )

    beforeAll(async () => {
      photo = await pixels(astronaut())
      ;[box] = await find(photo)
      face = await locateFace(photo, box, { store })
    }, 60_000)

    it('finds the face of the sample photo and measures it', () => {
      expect(box.width).toBeCloseTo(FACE, -1)
      expect(box.x + box.width / 2).toBeCloseTo(225, -1)
      expect(box.score).toBeGreaterThan(0.8)
      expect(box.quarterTurns).toBe(0)
      expect(face.faceLogit).toBeGreaterThan(20)
      expect(face.interOcular).toBeGreaterThan(55)
      expect(face.interOcular).toBeLessThan(66)
      // She looks straight into the camera, from slightly below.
      expect(Math.abs(face.pose.yaw)).toBeLessThan(1.5)
      expect(Math.abs(face.pose.roll)).toBeLessThan(6)
    })

    it('puts the landmarks where eyes, nose and mouth are', () => {
      const at = (index: number) => [...face.landmarks.subarray(3 * index, 3 * index + 2)]
      const near = (index: number, x: number, y: number) =>
        expect(Math.hypot(at(index)[0] - x, at(index)[1] - y), `landmark ${index}`).toBeLessThan(1.5)
      expect(face.landmarks.length).toBe(478 * 3)
      // Pupils, image left and right; tip of the nose; corners of the mouth, where the gap ends: read off the photo.
      near(468, 203.3, 101.2)
      near(473, 246.7, 103.5)
      near(4, 223.5, 127)
      near(61, 203.2, 139.6)
      near(291, 244.6, 140.9)
    })

    it('takes landmarks as the network has them where the face only looks up or down', async () => {
      const nets = await networks(store)
      const { points } = await findLandmarks(photo, face.face, nets)
      const seen = await averageLandmarks(photo, points, face.canonical.mirror, nets)
      expect(Math.abs(face.pose.pitch)).toBeGreaterThan(8)
      expect(face.landmarks).toEqual(seen.points)
    })

    it('tells the person from the background', () => {
      const person = (x: number, y: number) => face.person[y * photo.width + x]
      expect(face.person.length).toBe(photo.width * photo.height)
      expect(person(224, 130)).toBeGreaterThan(0.95)
      expect(person(140, 30)).toBeLessThan(0.1)
    })

    it.each([90, 180, 270])('finds the same face in the photo turned by %d degrees', async (degrees) => {
      const turned = await pixels(astronaut().rotate(degrees))
      const [found, ...others] = await find(turned)
      expect(others).toEqual([])
      expect(found.quarterTurns).toBe((4 - degrees / 90) % 4)
      const { landmarks, pose } = await locateFace(turned, found, { store })
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
      for (let i = 0; i < 478; i++) {
        const [x, y] = [face.landmarks[3 * i] - 256, face.landmarks[3 * i + 1] - 256]
        expect(Math.abs(256 + c * x - s * y - landmarks[3 * i])).toBeLessThan(0.5)
        expect(Math.abs(256 + s * x + c * y - landmarks[3 * i + 1])).toBeLessThan(0.5)
      }
      expect(Math.cos(((pose.roll - face.pose.roll - degrees) * Math.PI) / 180)).toBeGreaterThan(0.999)
      expect(pose.yaw).toBeCloseTo(face.pose.yaw, 0)
    })

    it.each([40, -50, 60])('measures a face that is tilted by %d degrees', async (degrees) => {
      const tilted = await locateLargest(
        await pixels(await encoded(astronaut().rotate(degrees, { background: grey }))),
      )
      expect(Math.abs(tilted.pose.roll - face.pose.roll - degrees)).toBeLessThan(1.5)
      expect(Math.abs(tilted.pose.yaw - face.pose.yaw)).toBeLessThan(3)
      expect(tilted.interOcular / face.interOcular).toBeCloseTo(1, 1)
    })

    it('finds two faces, the larger one first', async () => {
      const two = await onBackground(1100, 700, [
        [10, 100, 80],
        [420, 20, 130],
      ])
      const faces = await find(two)
      expect(faces.length).toBe(2)
      expect(faces[0].width).toBeCloseTo(130, -1)
      expect(faces[1].width).toBeCloseTo(80, -1)
      expect(faces[1].x).toBeLessThan(faces[0].x)
      const smaller = await locateFace(two, faces[1], { store })
      expect(smaller.interOcular / face.interOcular).toBeCloseTo(80 / FACE, 1)
    })

    it('measures a small face in a large photo', async () => {
      const { pose, face: found } = await locateLargest(await onBackground(3000, 2000, [[1900, 900, 82]]))
      expect(found.width).toBeCloseTo(82, -1)
      expect(pose.yaw).toBeCloseTo(face.pose.yaw, -1)
      expect(pose.pitch).toBeCloseTo(face.pose.pitch, -1)
    })

    it('finds in parts of a large photo what the whole does not show', async () => {
      const large = await onBackground(3000, 2000, [[100, 100, 90]])
      const nets = await networks(store)
      expect(await detectFaces(large, 0, nets)).toEqual([])
      expect((await detectInParts(large, nets)).length).toBe(1)
      const [found, ...others] = await find(large)
      expect(others).toEqual([])
      expect(found.quarterTurns).toBe(0)
      expect(found.width).toBeCloseTo(90, -1)
      expect(Math.abs(found.x + found.width / 2 - (100 + (225 * 90) / FACE))).toBeLessThan(5)
    })

    it('takes a grey-scale photo', async () => {
      const { landmarks } = await locateLargest(await pixels(await encoded(astronaut().greyscale())))
      let sum = 0
      for (let i = 0; i < 468 * 3; i += 3)
        sum += Math.hypot(landmarks[i] - face.landmarks[i], landmarks[i + 1] - face.landmarks[i + 1])
      expect(sum / 468).toBeLessThan(1)
    })

    it('says how wide a face is that is too small', async () => {
      const work = locateLargest(await pixels(astronaut().resize(200)))
      expect(await refusal(work)).toEqual([
        'too-small',
        expect.stringMatching(/^The face found is (39|40|41|42) px wide; use a photo .* at least 64 px\.$/),
      ])
    })

    it('refuses a drawing', async () => {
      const drawing = sharp(cartoon).removeAlpha()
      expect(await refusal(find(await pixels(drawing)))).toEqual([
        'no-face',
        expect.stringContaining('looks like a drawing'),
      ])
    })

    it('does not take a smiley for a face', async () => {
      const drawing = await pixels(sharp(smiley).removeAlpha())
      const faces = await find(drawing).catch((error: CaptureError) => error.code)
      expect([[], 'no-face']).toContainEqual(faces)
    })

    it('finds nothing where there is nothing', async () => {
      expect(await find(await onBackground(800, 600, []))).toEqual([])
      expect(await find(await onBackground(3, 2, []))).toEqual([])
    })

    it('says so where a box has no face in it', async () => {
      const elsewhere = { ...box, x: 380, y: 20 }
      expect(await refusal(locateFace(photo, elsewhere, { store }))).toEqual([
        'no-face',
        expect.stringContaining('not the photo of a face'),
      ])
    })
  },
)
