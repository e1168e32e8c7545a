import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CaptureError } from '../../../../client/capture/capture-error.ts'
import { detectFaces, detectInParts } from '../../../../client/capture/find/detect.ts'
import { findFaces } from '../../../../client/capture/find/find-faces.ts'
import { networks } from '../../../../client/capture/find/tfjs.ts'
import { type LocatedFace, locateFace } from '../../../../client/capture/locate/locate-face.ts'
import type { FaceBox } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const sample = fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url))
/** The sample photo has 512 x 512 pixels, and its face is this wide. */
const widthOfFace = 105
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
      .resize(Math.round((512 * face) / widthOfFace))
      .toBuffer(),
    left,
    top,
  }))
  const canvas = sharp({ create: { width, height, channels: 3, background: grey } })
  return pixels(await encoded(canvas.composite(await Promise.all(layers))))
}

/** Part of the sample photo. */
const part = (left: number, top: number, width: number, height: number, scale = 1) =>
  encoded(
    astronaut()
      .extract({ left, top, width, height })
      .resize({ width: width * scale }),
  )

async function turned(image: Sharp, degrees: number) {
  return encoded(image.rotate(degrees, { background: grey }))
}

/** Pictures on an even background, the later ones in front: [picture, left, top]. */
async function collage(width: number, height: number, pictures: [Sharp, number, number][]) {
  const layers = pictures.map(async ([picture, left, top]) => ({
    input: await picture.toBuffer(),
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

    /**
     * How far a face is from where the sample photo's lies after a move: mean over the mesh, by the distance of the eyes.
     * @param from a point of the sample photo that comes to lie at `to`
     */
    async function misread(
      image: Photo,
      found: FaceBox,
      {
        scale = 1,
        degrees = 0,
        from,
        to,
      }: { scale?: number; degrees?: number; from: number[]; to: number[] },
    ) {
      const { landmarks } = await locateFace(image, found, { store })
      const [c, s] = [
        Math.cos((degrees * Math.PI) / 180) * scale,
        Math.sin((degrees * Math.PI) / 180) * scale,
      ]
      let sum = 0
      for (let i = 0; i < 3 * 468; i += 3) {
        const [x, y] = [face.landmarks[i] - from[0], face.landmarks[i + 1] - from[1]]
        sum += Math.hypot(to[0] + c * x - s * y - landmarks[i], to[1] + s * x + c * y - landmarks[i + 1])
      }
      return sum / 468 / (face.interOcular * scale)
    }

    beforeAll(async () => {
      photo = await pixels(astronaut())
      ;[box] = await find(photo)
      face = await locateFace(photo, box, { store })
    }, 60_000)

    it('finds the face of the sample photo and measures it', () => {
      expect(box.width).toBeCloseTo(widthOfFace, -1)
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

    it.each([-160, -125, -100, 75, 110, 150])(
      'reads a close head that is tilted by %d degrees',
      async (degrees) => {
        const head = await pixels(await turned(await part(164, 52, 120, 120, 5), degrees))
        const [found, ...others] = await find(head)
        expect(others).toEqual([])
        const to = [head.width / 2, head.height / 2]
        expect(await misread(head, found, { scale: 5, degrees, from: [224, 112], to })).toBeLessThan(0.04)
        expect(Math.cos(((found.roll! - degrees - 3) * Math.PI) / 180)).toBeGreaterThan(0.998)
        expect(found.width).toBeGreaterThan(0.7 * 5 * widthOfFace)
      },
    )

    it.each([90, 180, 270])(
      'offers a head that is turned by %d degrees and a small upright one',
      async (degrees) => {
        const head = await turned(await part(125, 10, 200, 200, 3), degrees)
        const both = await collage(1000, 620, [
          [head, 390, 10],
          [await encoded(astronaut().resize(358)), 20, 20],
        ])
        const faces = await find(both)
        expect(faces.map(({ quarterTurns }) => quarterTurns)).toEqual([4 - degrees / 90, 0])
        const large = { scale: 3, degrees, from: [225, 110], to: [690, 310] }
        const small = { scale: 358 / 512, from: [256, 256], to: [199, 199] }
        expect(await misread(both, faces[0], large)).toBeLessThan(0.04)
        expect(await misread(both, faces[1], small)).toBeLessThan(0.04)
      },
    )

    it('offers standing, lying and upside-down people of one picture', async () => {
      const group = await collage(1100, 900, [
        [await encoded(astronaut()), 0, 0],
        [await turned(await encoded(astronaut().resize(450)), 90), 560, 0],
        [await turned(await part(125, 10, 200, 200, 2), 180), 50, 480],
        [await turned(await part(125, 10, 200, 200, 1.5), -50), 550, 470],
      ])
      const faces = await find(group)
      expect(faces.map(({ quarterTurns }) => quarterTurns)).toEqual([2, 1, 0, 3])
      expect(
        await misread(group, faces[0], { scale: 2, degrees: 180, from: [225, 110], to: [250, 680] }),
      ).toBeLessThan(0.04)
      expect(await misread(group, faces[2], { from: [0, 0], to: [0, 0] })).toBeLessThan(0.04)
      expect(
        await misread(group, faces[3], { scale: 450 / 512, degrees: 90, from: [256, 256], to: [785, 225] }),
      ).toBeLessThan(0.04)
    })

    it.each([
      ['below the chin', 270, 460, 160, 0],
      ['over the mouth, upside down', 270, 440, 160, 180],
      ['before the cheek, lying', 430, 250, 240, 90],
    ])('tells a face from another one %s', async (_, left, top, width, degrees) => {
      const print = await turned(await encoded((await part(160, 40, 130, 150)).resize(width)), degrees)
      const scale = 700 / 250
      const both = await collage(700, 800, [
        [await part(100, 0, 250, 250, scale), 0, 0],
        [print, left, top],
      ])
      const faces = await find(both)
      expect(faces.length).toBe(2)
      expect(await misread(both, faces[0], { scale, from: [100, 0], to: [0, 0] })).toBeLessThan(0.08)
      const { width: w = 0, height: h = 0 } = await print.metadata()
      const placed = { scale: width / 130, degrees, from: [225, 115], to: [left + w / 2, top + h / 2] }
      expect(await misread(both, faces[1], placed)).toBeLessThan(0.08)
    })

    it.each([95, 105])('counts a face once that fills the picture (%d px of the sample)', async (side) => {
      const close = await pixels(
        await encoded((await part(224 - (side >> 1), 112 - (side >> 1), side, side)).resize(900)),
      )
      expect((await find(close)).length).toBe(1)
    })

    it.each([
      ['right', [100, 0, 150, 240]],
      ['right, half of it', [100, 0, 130, 240]],
      ['left', [205, 0, 145, 240]],
      ['left, half of it', [220, 0, 130, 240]],
      ['top, above the brows', [100, 80, 250, 220]],
      ['top, above the eyes', [100, 95, 250, 205]],
      ['bottom, below the nose', [100, 0, 250, 130]],
    ] as const)(
      'reads the rest of a face that the border cuts: %s',
      async (_, [left, top, width, height]) => {
        const cut = await pixels(await part(left, top, width, height, 2))
        const [found, ...others] = await find(cut)
        expect(others).toEqual([])
        expect(await misread(cut, found, { scale: 2, from: [left, top], to: [0, 0] })).toBeLessThan(0.1)
      },
    )

    it.each([
      ['right', [0, 0, 190, 512]],
      ['right', [100, 0, 120, 240]],
      ['left', [230, 0, 120, 240]],
      ['top', [100, 110, 250, 190]],
      ['bottom', [100, 0, 250, 105]],
    ] as const)('refuses what is left of a face that the border cuts too much: %s', async (_, area) => {
      const [left, top, width, height] = area
      const [code, message] = await refusal(find(await pixels(await part(left, top, width, height, 2))))
      expect(['no-face', 'part-of-face']).toContain(code)
      expect(message).toMatch(/part of a face|too little of one/)
    })

    it('says how much of a face is in the picture', async () => {
      expect(await refusal(find(await pixels(await part(100, 0, 250, 115, 2))))).toEqual([
        'part-of-face',
        expect.stringMatching(/^Only part of a face is in the picture \(4\d% of it\): use a photo/),
      ])
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
      expect(smaller.interOcular / face.interOcular).toBeCloseTo(80 / widthOfFace, 1)
    })

    it('measures a small face in a large photo', async () => {
      const { pose, face: found } = await locateLargest(await onBackground(3000, 2000, [[1900, 900, 82]]))
      expect(found.width).toBeCloseTo(82, -1)
      expect(pose.yaw).toBeCloseTo(face.pose.yaw, -1)
      expect(pose.pitch).toBeCloseTo(face.pose.pitch, -1)
    })

    it('finds in parts of a large photo what the whole does not show', async () => {
      const large = await onBackground(3000, 2000, [[100, 100, 72]])
      const nets = await networks(store)
      expect(await detectFaces(large, nets)).toEqual([])
      expect((await detectInParts(large, nets)).length).toBe(1)
      const [found, ...others] = await find(large)
      expect(others).toEqual([])
      expect(found.quarterTurns).toBe(0)
      expect(found.width).toBeCloseTo(72, -1)
      expect(Math.abs(found.x + found.width / 2 - (100 + (225 * 72) / widthOfFace))).toBeLessThan(5)
    })

    it('finds a lying face in a part of a large photo', async () => {
      const lying = await turned(await encoded(astronaut().resize(350)), 90)
      const large = await collage(3000, 2000, [[lying, 1500, 900]])
      const [found, ...others] = await find(large)
      expect(others).toEqual([])
      expect(found.quarterTurns).toBe(3)
      const to = [1500 + 350 / 2, 900 + 350 / 2]
      const placed = { scale: 350 / 512, degrees: 90, from: [256, 256], to }
      expect(await misread(large, found, placed)).toBeLessThan(0.04)
    })

    it('takes a grey-scale photo', async () => {
      const { landmarks } = await locateLargest(await pixels(await encoded(astronaut().greyscale())))
      let sum = 0
      for (let i = 0; i < 468 * 3; i += 3)
        sum += Math.hypot(landmarks[i] - face.landmarks[i], landmarks[i + 1] - face.landmarks[i + 1])
      expect(sum / 468).toBeLessThan(1)
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
  },
)
