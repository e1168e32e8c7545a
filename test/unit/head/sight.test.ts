import { expect, test } from 'vitest'
import { captureMesh } from '../../../client/capture/capture.ts'
import { poseCamera } from '../../../client/capture/mesh/camera.ts'
import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { headSight } from '../../../client/head/sight.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

const [side, size] = [400, 128]
const skin = [205, 150, 120]

/** A face is rougher than a bare scalp. */
const pores = (pixel: number) => ((pixel * 7919) % 25) - 12

/** A hood seen from the side that `yaw` turns to the camera, all of the photo in one colour. */
async function sightOf(rotation: Float64Array, colour: readonly number[]) {
  const canonical = await canonicalFace(diskStore())
  const face = faceMesh(canonical.pos, canonical)
  const data = Uint8ClampedArray.from({ length: 4 * side * side }, (_, k) =>
    k % 4 === 3 ? 255 : colour[k % 4],
  )
  const photo = { width: side, height: side, data }
  const camera = poseCamera({ rotation, scale: 10, translation: [side / 2, -side / 2] })
  const capture = captureMesh(
    { ...photo, data: data.map((value, k) => (k % 4 === 3 ? value : pores(k >> 2) + skin[k % 4])) },
    face,
    camera,
    { size },
  )
  return headSight(headMesh(hood(canonical), face, canonical), capture, photo, {}, size, null)
}

const straight = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
/** Nodded by 60 degrees: the camera sees the top of the hood. */
const [c, s] = [Math.cos(Math.PI / 3), Math.sin(Math.PI / 3)]
const nodded = Float64Array.of(1, 0, 0, 0, c, -s, 0, s, c)

test('of a head that hides behind its face nothing is said', async () => {
  const { likeness } = await sightOf(straight, skin)
  expect(likeness.every((value) => value < 0.5)).toBe(true)
})

test('a scalp of skin is like skin, a dark one is not', async () => {
  const bare = await sightOf(nodded, skin)
  expect(bare.likeness.some((value) => value > 0.9)).toBe(true)
  const haired = await sightOf(nodded, [60, 40, 20])
  const scalp = [...haired.likeness.keys()].filter((i) => bare.likeness[i] > 0.9)
  expect(scalp.every((i) => haired.likeness[i] < 0.1)).toBe(true)
})
