import { describe, expect, it } from 'vitest'
import type { Photo } from '../../../../client/image/photo.ts'
import { applyOcclusion, occluders } from '../../../evaluation/occluders/index.ts'

const [width, height] = [200, 240]
const photo: Photo = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) }
for (let i = 0; i < photo.data.length; i++) if (i % 4 < 3) photo.data[i] = [210, 160, 130][i % 4]

/** The landmarks that occluders hold on to, of an upright face about x = 100. */
const landmarks = new Float32Array(478 * 3)
const placed: Record<number, [number, number]> = {
  ...{ 10: [100, 45], 152: [100, 185], 127: [48, 105], 356: [152, 105], 105: [72, 88], 334: [128, 88] },
  ...{ 33: [64, 103], 133: [86, 103], 362: [114, 103], 263: [136, 103], 50: [68, 130], 280: [132, 130] },
  ...{ 13: [100, 152], 14: [100, 156], 17: [100, 164] },
}
for (const [landmark, point] of Object.entries(placed)) landmarks.set(point, 3 * Number(landmark))

describe.each(occluders)('$name', ({ draw }) => {
  it.each([0, 1])('covers parts of both sides, but not the face (seed %i)', async (seed) => {
    const { mask } = await draw(landmarks, photo, seed)
    const covered = [0, 0]
    for (let y = 45; y < 185; y++)
      for (let x = 48; x < 152; x++) covered[x < 100 ? 0 : 1] += mask[y * width + x]
    const half = 140 * 52
    expect(Math.min(...covered) / half).toBeGreaterThan(0.02)
    expect(Math.max(...covered) / half).toBeLessThan(0.6)
  })

  it('draws the same for the same seed', async () => {
    expect(await draw(landmarks, photo, 5)).toEqual(await draw(landmarks, photo, 5))
  })

  it('paints exactly the masked pixels', async () => {
    const occlusion = await draw(landmarks, photo, 2)
    const { data } = applyOcclusion(photo, occlusion)
    let [outside, inside, masked] = [0, 0, 0]
    for (let i = 0; i < occlusion.mask.length; i++) {
      const changed = [0, 1, 2].some((c) => data[4 * i + c] !== photo.data[4 * i + c])
      if (occlusion.paint[4 * i + 3] > 0 !== (occlusion.mask[i] === 1)) outside++
      masked += occlusion.mask[i]
      if (changed) occlusion.mask[i] ? inside++ : outside++
    }
    expect(outside).toBe(0)
    expect(inside / masked).toBeGreaterThan(0.8)
  })
})

it('draws hair by its seed', async () => {
  const { draw } = occluders.find(({ name }) => name === 'fringe')!
  expect((await draw(landmarks, photo, 1)).paint).not.toEqual((await draw(landmarks, photo, 2)).paint)
})
