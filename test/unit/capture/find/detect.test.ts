import { describe, expect, it } from 'vitest'
import {
  detectFaces,
  detectIn,
  detectInParts,
  keepMostCertain,
  wholePhoto,
} from '../../../../client/capture/find/detect.ts'
import type { Networks } from '../../../../client/capture/find/tfjs.ts'

const box = (x: number, score: number, width = 10) => ({ x, y: 0, width, height: width, score })

describe('non-maximum suppression', () => {
  it('keeps the most certain of boxes on one face, most certain first', () => {
    const kept = keepMostCertain([box(0, 0.6), box(1, 0.9), box(2, 0.7), box(50, 0.95), box(51, 0.5)])
    expect(kept.map(({ x }) => x)).toEqual([50, 1])
  })

  it('takes boxes for one face that share more than 0.3 of their union', () => {
    // Two squares with sides of 10: (10 - 5) / (10 + 5) = 0.33 and (10 - 6) / (10 + 6) = 0.25.
    expect(keepMostCertain([box(0, 0.9), box(5, 0.8)]).length).toBe(1)
    expect(keepMostCertain([box(0, 0.9), box(6, 0.8)]).length).toBe(2)
    // A small box inside a large one: 16 / 100.
    expect(keepMostCertain([box(0, 0.9), box(3, 0.8, 4)]).length).toBe(2)
    expect(keepMostCertain([]).length).toBe(0)
  })
})

describe('wholePhoto', () => {
  it('is the square around the photo', () => {
    const photo = { width: 300, height: 200, data: new Uint8ClampedArray(0) }
    expect(wholePhoto(photo)).toEqual({ x: 150, y: 100, side: 300, angle: 0 })
  })
})

/** The detector's outputs with a single candidate, as the real network lays them out. */
function oneCandidate(grid: 'fine' | 'coarse', anchor: number, logit: number, numbers: number[]): Networks {
  const outputs = {
    Identity: new Float32Array(16 * 16 * 2).fill(-9),
    Identity_1: new Float32Array(8 * 8 * 6).fill(-9),
    Identity_2: new Float32Array(16 * 16 * 2 * 16),
    Identity_3: new Float32Array(8 * 8 * 6 * 16),
  }
  const [scores, boxes] =
    grid === 'fine' ? (['Identity', 'Identity_2'] as const) : (['Identity_1', 'Identity_3'] as const)
  outputs[scores][anchor] = logit
  outputs[boxes].set(numbers, 16 * anchor)
  return { backend: 'wasm', run: async () => outputs }
}

describe('decoding the detector', () => {
  const photo = { width: 512, height: 512, data: new Uint8ClampedArray(512 * 512 * 4) }

  it('places a box relative to the centre of its cell, in photo pixels', async () => {
    // Cell (column 3, row 5) of 16: its centre is at (56, 88) of 256.
    const nets = oneCandidate('fine', 2 * (5 * 16 + 3) + 1, 2, [8, -16, 32, 40])
    const [found, ...others] = await detectIn(photo, wholePhoto(photo), nets)
    expect(others).toEqual([])
    expect(found.x).toBeCloseTo(2 * (56 + 8 - 16), 3)
    expect(found.y).toBeCloseTo(2 * (88 - 16 - 20), 3)
    expect(found.width).toBeCloseTo(64, 3)
    expect(found.height).toBeCloseTo(80, 3)
    expect(found.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 6)
    expect(found.quarterTurns).toBe(0)
  })

  it('reads the coarse grid, with six anchors a cell', async () => {
    // Cell (column 7, row 0) of 8: its centre is at (240, 16) of 256.
    const nets = oneCandidate('coarse', 6 * 7 + 5, 1, [0, 0, 20, 20])
    const [found] = await detectIn(photo, wholePhoto(photo), nets)
    expect(found.x + found.width / 2).toBeCloseTo(480, 3)
    expect(found.y + found.height / 2).toBeCloseTo(32, 3)
  })

  it('turns a box back into the photo that was turned to find it', async () => {
    const nets = oneCandidate('fine', 0, 3, [56, 24, 32, 64])
    const [found] = await detectIn(photo, { ...wholePhoto(photo), angle: Math.PI / 2 }, nets)
    // In the turned crop the centre is (64, 32) of 256: right of it is down in the photo.
    expect(found.x + found.width / 2).toBeCloseTo(2 * (256 - 32), 3)
    expect(found.y + found.height / 2).toBeCloseTo(2 * 64, 3)
    expect([found.width, found.height].map(Math.round)).toEqual([128, 64])
    expect(found.quarterTurns).toBe(3)
  })

  it.each([
    { crop: 0, tilt: 30, roll: 30, quarterTurns: 0 },
    { crop: 0, tilt: -60, roll: -60, quarterTurns: 1 },
    { crop: 90, tilt: 10, roll: 100, quarterTurns: 3 },
    { crop: 270, tilt: -70, roll: -160, quarterTurns: 2 },
  ])('takes the tilt from eyes and mouth: $tilt degrees in a crop turned by $crop', async (face) => {
    const [c, s] = [Math.cos((face.tilt * Math.PI) / 180), Math.sin((face.tilt * Math.PI) / 180)]
    const at = (right: number, down: number) => [c * right - s * down, s * right + c * down]
    const keypoints = [at(-9, -8), at(9, -8), at(0, 0), at(0, 10), at(-16, -6), at(16, -6)].flat()
    const nets = oneCandidate('fine', 2 * (5 * 16 + 3), 2, [0, 0, 40, 40, ...keypoints])
    const [found] = await detectIn(photo, { ...wholePhoto(photo), angle: (face.crop * Math.PI) / 180 }, nets)
    expect(found.roll).toBeCloseTo(face.roll, 3)
    expect(found.quarterTurns).toBe(face.quarterTurns)
  })

  it('sees one face in all four turns of the photo', async () => {
    const middle = oneCandidate('fine', 2 * (8 * 16 + 8), 2, [-8, -8, 60, 60])
    const faces = await detectFaces(photo, middle)
    expect(faces.map((sightings) => sightings.length)).toEqual([4])
    expect(faces[0].map(({ roll }) => Math.abs(roll)).sort()).toEqual([0, 180, 90, 90])
    const aside = oneCandidate('fine', 2 * (2 * 16 + 8), 2, [-8, -8, 60, 60])
    expect((await detectFaces(photo, aside)).length).toBe(4)
  })

  it('leaves out what is less than half certain', async () => {
    expect(await detectIn(photo, wholePhoto(photo), oneCandidate('fine', 40, -0.1, [0, 0, 30, 30]))).toEqual(
      [],
    )
  })

  it('does not search a small photo in parts', async () => {
    const nets: Networks = { backend: 'wasm', run: () => Promise.reject(new Error('searched')) }
    expect(await detectInParts(photo, nets)).toEqual([])
  })
})
