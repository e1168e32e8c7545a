import { beforeAll, describe, expect, test } from 'vitest'
import { captureMesh } from '../../../client/capture/capture.ts'
import { poseCamera } from '../../../client/capture/mesh/camera.ts'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture } from '../../../client/face/types.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { paintHead } from '../../../client/head/paint-head.ts'
import { headSight } from '../../../client/head/sight.ts'
import type { Photo } from '../../../client/image/photo.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

const size = 128
const side = 400
let canonical: CanonicalFace
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
})

/** A head of that colour, 300 pixels high, before that background. */
function photoOf(colour: (x: number, y: number) => number[]): Photo {
  const data = new Uint8ClampedArray(4 * side * side).fill(255)
  for (let i = 0; i < side * side; i++) data.set(colour(i % side, Math.floor(i / side)), 4 * i)
  return { width: side, height: side, data }
}

function made(photo: Photo, person?: Float32Array, model = hood(canonical)) {
  const face = faceMesh(canonical.pos, canonical)
  const camera = poseCamera({
    rotation: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    scale: 14,
    translation: [side / 2, -side / 2],
  })
  const capture: Capture = captureMesh(photo, face, camera, { size, person })
  const head = headMesh(model, face, canonical)
  return {
    ...paintHead(head, capture, headSight(head, capture, photo, { person }, size, null), model, {
      hair: 'none',
      straight: null,
    }),
    capture,
  }
}

const skin = [205, 150, 120]

describe('paintHead, of a bare head,', () => {
  test('is all of one tone where the face is', () => {
    const { texture } = made(photoOf(() => skin))
    for (let k = 0; k < texture.length; k++)
      expect(Math.abs(255 * texture[k] - skin[k % 3])).toBeLessThan(1.5)
  })

  test('is dark on the side where the face is dark, and changes slowly between', () => {
    const { texture, capture } = made(photoOf((x) => skin.map((level) => level * (x < side / 2 ? 0.55 : 1))))
    const at = (u: number, v: number) =>
      texture[3 * (Math.floor(v * size) * size + Math.floor(u * size))] * 255
    // The hood's rings lie around the middle of its layout; left is where the face's left is.
    const [left, top, right] = [at(0.62, 0.5), at(0.5, 0.38), at(0.38, 0.5)].sort((a, b) => a - b)
    expect(left).toBeLessThan(135)
    expect(right).toBeGreaterThan(185)
    expect(top).toBeGreaterThan(left)
    expect(top).toBeLessThan(right)
    const steepest = (image: Float32Array, from: number) => {
      let most = 0
      for (let i = 0; i < size * size - 1; i++) {
        const [x, y] = [i % size, Math.floor(i / size)]
        if (x < size - 1 && Math.hypot(x - size / 2, y - size / 2) > from * size)
          most = Math.max(most, Math.abs(image[3 * i] - image[3 * i + 3]))
      }
      return most
    }
    // The face has an edge from one texel to the next. At the rim, .15 from the middle, the rest goes on from there.
    expect(steepest(texture, 0)).toBeLessThan(steepest(capture.content, 0))
    expect(steepest(texture, 0.2)).toBeLessThan(0.04)
  })

  test('takes nothing of the background for skin', () => {
    const within = (x: number, width: number) => Math.abs(x - side / 2) < width
    // The segmentation leaves out the person's edge.
    const person = Float32Array.from({ length: side * side }, (_, i) => (within(i % side, 80) ? 1 : 0))
    const { evidence, texture } = made(
      photoOf((x) => (within(x, 92) ? skin : [30, 200, 40])),
      person,
    )
    expect(evidence.every((value) => value === Evidence.none)).toBe(true)
    let green = 0
    for (let i = 0; i < size * size; i++) if (texture[3 * i + 1] > texture[3 * i]) green++
    expect(green).toBe(0)
  })

  test('is darker where it is less open than the scalp, but not at the rim', () => {
    const model = hood(canonical)
    // All of the lower half, from the rim on.
    const openness = model.openness.map((_, v) => (model.positions[3 * v + 1] < 0 ? 0.2 : 1))
    const { texture } = made(
      photoOf(() => skin),
      undefined,
      { ...model, openness },
    )
    // The rim lies .15 from the middle of the layout, and 22 cm behind it are .275 more; below is the chin.
    const below = (centimetres: number) => {
      const y = Math.round((0.65 + (0.275 * centimetres) / 22) * size)
      return (255 * texture[3 * (y * size + size / 2)]) / skin[0]
    }
    const dark = 0.55 + 0.45 * 0.2
    // The first texel's centre lies a fifth of a centimetre behind the rim.
    expect(below(0)).toBeGreaterThan(0.9)
    expect(below(8)).toBeCloseTo(dark, 1)
    expect(below(14)).toBeCloseTo(dark, 1)
    // Darker from texel to texel, without a step.
    for (let cm = 0; cm < 4; cm += 0.5) expect(below(cm)).toBeGreaterThanOrEqual(below(cm + 0.5) - 0.01)
    const above = Math.round(0.2 * size)
    expect((255 * texture[3 * (above * size + size / 2)]) / skin[0]).toBeCloseTo(1, 1)
  })

  test('goes on from a beard, but not as one', () => {
    // From the mouth down.
    const { texture, capture } = made(photoOf((_, y) => (y > 250 ? [70, 50, 40] : skin)))
    const chin = capture.content[3 * (Math.round(0.9 * size) * size + size / 2)]
    const below = (centimetres: number) => {
      const y = Math.round((0.65 + (0.275 * centimetres) / 22) * size)
      return texture[3 * (y * size + size / 2)]
    }
    expect(255 * chin).toBeLessThan(90)
    expect(below(0)).toBeLessThan(1.5 * chin)
    expect(255 * below(5)).toBeGreaterThan(0.85 * skin[0])
    for (let cm = 0; cm < 5; cm += 0.5) expect(below(cm + 0.5)).toBeGreaterThanOrEqual(below(cm) - 0.01)
  })
})
