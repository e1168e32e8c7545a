import { describe, expect, it } from 'vitest'
import { renderTexture, turnedCamera } from '../../../client/capture/mesh/render.ts'
import { captureKnown, photograph } from '../../evaluation/known-face.ts'
import { regionsOf } from '../../evaluation/regions.ts'
import { referenceOf } from '../../evaluation/score.ts'
import { firstRow, resultRow } from '../../evaluation/sheet.ts'
import type { Case } from '../../evaluation/types.ts'
import { sphere, waves } from '../capture/sphere.ts'

const size = 64
const mesh = sphere()
const texture = waves(size)
const face = {
  ...{ mesh, size, texture, features: null },
  known: new Uint8Array(size * size).fill(1),
  normals: new Float32Array(3 * size * size),
}
const capture = captureKnown(photograph(face, { yaw: 35 }, 1), face, mesh)
const solved: Case = {
  ...{ protocol: 'scan', view: 'yaw 35', yaw: 35, mesh: 'true', capture },
  sample: { name: 'ball', subject: 'ball', path: '' },
  truth: { mesh, texture, regions: regionsOf(capture, face.known) },
}

describe('contact sheets', () => {
  it('show the truth and what was made of it one below the other', async () => {
    const reference = await referenceOf(solved)
    // Turned to the image's right, the face hides its right half; it is seen by a turn to the left.
    expect(reference.hiddenYaw).toBe(-30)
    const first = firstRow(solved, reference)
    expect(first.pictures.map(({ label }) => label)).toEqual([
      ...['the photo', 'weight', 'truth, yaw 0', 'truth, yaw -30'],
    ])
    const equal = resultRow(solved, reference, 'm', 'ours', texture)
    expect(equal).toMatchObject({ method: 'm', start: 'ours' })
    expect(equal.pictures.map(({ label }) => label)).toEqual([
      ...['texture', 'error x 4', 'render, yaw 0', 'render, yaw -30'],
    ])
    for (const column of [2, 3]) expect(equal.pictures[column].rgb).toEqual(first.pictures[column].rgb)
    for (const { width, height, rgb } of [...first.pictures, ...equal.pictures]) {
      expect([width, height]).toEqual([size, size])
      expect(rgb).toHaveLength(3 * size * size)
    }
  })

  it('show renders at half of twice the size', async () => {
    const { pictures } = firstRow(solved, await referenceOf(solved))
    const camera = turnedCamera(mesh, { yaw: 0 }, 2 * size, 2 * size)
    const { rgb } = renderTexture(mesh, camera, texture, size, 2 * size, 2 * size)
    const at = (x: number, y: number) => rgb[3 * (y * 2 * size + x) + 1]
    const mean = (at(60, 80) + at(61, 80) + at(60, 81) + at(61, 81)) / 4
    expect(pictures[2].rgb[3 * (40 * size + 30) + 1]).toBeCloseTo(mean, 5)
  })

  it('enlarge errors, where the truth is known', async () => {
    const reference = await referenceOf(solved)
    const darker = texture.map((value) => value - 0.1)
    const { pictures } = resultRow(solved, reference, 'm', 'ours', darker)
    const known = solved.truth!.regions.whole!
    for (let k = 0; k < pictures[1].rgb.length; k++)
      expect(pictures[1].rgb[k]).toBeCloseTo(known[Math.floor(k / 3)] ? 0.4 : 0, 5)
  })

  it('do without a truth', async () => {
    const plain = { ...solved, truth: null }
    const reference = await referenceOf(plain)
    expect(firstRow(plain, reference).pictures).toHaveLength(2)
    expect(resultRow(plain, reference, 'm', 'ours', texture).pictures.map(({ label }) => label)).toEqual([
      ...['texture', 'render, yaw 0', 'render, yaw -30'],
    ])
  })
})
