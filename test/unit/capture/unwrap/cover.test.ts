import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { captureLocated } from '../../../../client/capture/capture.ts'
import { findFaces } from '../../../../client/capture/find/find-faces.ts'
import { type LocatedFace, locateFace } from '../../../../client/capture/locate/locate-face.ts'
import { decodePhotoFile } from '../../../../client/capture/open/decode-file.ts'
import { coverMask, coverStrokes } from '../../../../client/capture/unwrap/cover.ts'
import { decodePhoto } from '../../../../client/cli/decode.ts'
import type { Capture } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const sample = fileURLToPath(new URL('../../../../client/app/sample/astronaut.png', import.meta.url))
const size = 256

describe('strokes over a cover', () => {
  // Texels two pixels apart on a disc around 100, 80.
  const places: number[] = []
  for (let y = 0; y < 160; y += 2) for (let x = 0; x < 200; x += 2) places.push(x, y, 0, 1)
  const screen = Float32Array.from(places)
  const isIn = (x: number, y: number, radius: number) => Math.hypot(x - 100, y - 80) < radius
  const covered = Array.from({ length: screen.length / 4 }, (_, i) =>
    isIn(screen[4 * i], screen[4 * i + 1], 40),
  )

  it('paint all of it, and little beside it', () => {
    const strokes = coverStrokes(covered.map(Number), screen, 100)
    const mask = coverMask({ hides: 'mouth', strokes }, 200, 160)
    for (let i = 0; i < mask.length; i++) {
      const [x, y] = [i % 200, Math.floor(i / 200)]
      if (isIn(x, y, 38)) expect(mask[i]).toBe(1)
      if (!isIn(x, y, 52)) expect(mask[i]).toBe(0)
    }
  })
})

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'what covers the face of the sample photo (needs npm run models)',
  () => {
    const store = diskStore()
    let located: LocatedFace
    let plain: Capture
    beforeAll(async () => {
      const photo = await decodePhoto(sample)
      located = await locateFace(photo, (await findFaces(photo, { store }))[0], { store })
      plain = captureLocated(photo, located, { size })
    }, 60_000)

    /** The sample with something painted over it; its landmarks stay. */
    async function painted(svg: string): Promise<Photo> {
      const { width, height } = plain.photo
      const over = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`
      const file = await sharp(sample)
        .composite([{ input: Buffer.from(over) }])
        .png()
        .toBuffer()
      return decodePhotoFile(file, 'painted.png')
    }
    const at = (vertex: number) => [located.landmarks[3 * vertex], located.landmarks[3 * vertex + 1]]
    const along = (...vertices: number[]) => vertices.map((vertex) => at(vertex).join()).join(' ')
    const mask = () => along(234, 116, 118, 47, 195, 277, 347, 345, 454, 361, 397, 379, 152, 150, 172, 132)
    const spot = (vertex: number, radius: number, colour: string) =>
      `<circle cx="${at(vertex)[0]}" cy="${at(vertex)[1]}" r="${radius * located.interOcular}" fill="${colour}"/>`
    const texel = (u: number, v: number) => Math.floor(v * size) * size + Math.floor(u * size)

    it('is nothing in the photo itself', () => {
      expect(plain.cover).toBeUndefined()
      expect(plain.covered).toBeUndefined()
    })

    it.each([
      ['a black mask', () => `<polygon points="${mask()}" fill="#15171a"/>`],
      ['a blue mask', () => `<polygon points="${mask()}" fill="#93bfd6"/>`],
      ['a microphone', () => spot(13, 0.42, '#1d1d1f')],
    ])(
      'is %s over the mouth: the forehead stays, and it is left out when painted over',
      async (name, svg) => {
        const photo = await painted(svg())
        const worn = captureLocated(photo, located, { size })
        expect(worn.cover?.hides).toBe('mouth')
        // Real skin is skin, whatever the cheeks are.
        for (const [u, v] of [
          [0.5, 0.27],
          [0.42, 0.3],
          [0.5, 0.4],
        ]) {
          expect(worn.weight[texel(u, v)], `${name} ${u} ${v}`).toBeGreaterThan(0.9)
          expect(worn.covered?.[texel(u, v)]).toBe(0)
        }
        // Skin that is invented at the temple is this skin, not the mask's.
        const temple = 3 * texel(0.1, 0.4)
        for (let c = 0; c < 3; c++)
          expect(Math.abs(worn.content[temple + c] - plain.content[temple + c])).toBeLessThan(0.16)

        const uncovered = captureLocated(photo, located, { size, uncover: true })
        expect(uncovered.cover).toEqual(worn.cover)
        expect(uncovered.covered).toBeUndefined()
        expect(uncovered.weight[texel(0.5, 0.69)]).toBe(0)
        expect(uncovered.weight[texel(0.5, 0.4)]).toBeGreaterThan(0.9)
        const chin = 3 * texel(0.5, 0.83)
        for (let c = 0; c < 3; c++)
          expect(Math.abs(uncovered.content[chin + c] - plain.content[chin + c])).toBeLessThan(0.2)
      },
    )

    it('is sunglasses over the eyes', async () => {
      const photo = await painted(spot(159, 0.24, '#101012') + spot(386, 0.24, '#101012'))
      const worn = captureLocated(photo, located, { size })
      expect(worn.cover?.hides).toBe('eyes')
      expect(worn.covered?.[texel(0.35, 0.38)]).toBe(1)
      expect(worn.covered?.[texel(0.35, 0.6)]).toBe(0)
    })

    it('is no light of two colours', async () => {
      const photo = await decodePhoto(sample)
      const [middle] = at(4)
      for (let i = 0; i < photo.data.length; i += 4) {
        const share = 1 / (1 + Math.exp((middle - ((i / 4) % photo.width)) / (0.12 * located.interOcular)))
        for (const [c, [left, right]] of [
          [0.8, 1.15],
          [0.85, 0.85],
          [1.25, 0.65],
        ].entries())
          photo.data[i + c] *= left + share * (right - left)
      }
      const lit = captureLocated(photo, located, { size })
      expect(lit.cover).toBeUndefined()
      const kept = (weight: Float32Array) => weight.reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0)
      expect(kept(lit.weight)).toBeGreaterThan(0.95 * kept(plain.weight))
    })
  },
)
