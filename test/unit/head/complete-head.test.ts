import { beforeAll, expect, test, vi } from 'vitest'
import { captureLocated } from '../../../client/capture/capture.ts'
import { chooseFace } from '../../../client/capture/find/choose-face.ts'
import { locateFace } from '../../../client/capture/locate/locate-face.ts'
import { decodePhoto } from '../../../client/cli/decode.ts'
import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture } from '../../../client/face/types.ts'
import { completeHead, type Head } from '../../../client/head/complete-head.ts'
import { type HeadInPhoto, headInPhoto } from '../../../client/head/head-in-photo.ts'
import { headKit } from '../../../client/head/kit.ts'
import { diskStore } from '../../../client/runtime/disk.ts'

// Networks, and a machine that may be busy with the rest of the suite.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const size = 256
let capture: Capture
let seen: HeadInPhoto
let head: Head

beforeAll(async () => {
  const store = diskStore()
  const opened = await decodePhoto('client/app/sample/astronaut.png')
  const { face } = await chooseFace(opened, 0, { store })
  const located = await locateFace(opened, face, { store })
  capture = captureLocated(opened, located, { size })
  const photo = { photo: opened, person: located.person }
  seen = headInPhoto(capture, photo, await headKit(store))
  head = await completeHead(seen, capture.content)
})

test('goes on from the face, which stays as it was', () => {
  const { mesh } = head
  expect(mesh.positions.subarray(0, capture.mesh.positions.length)).toEqual(capture.mesh.positions)
  expect(mesh.triangles.subarray(0, capture.mesh.triangles.length)).toEqual(capture.mesh.triangles)
  const across = mesh.uv.filter((_, i) => i % 2 === 0)
  expect(Math.max(...across.subarray(0, mesh.faceVertices))).toBeLessThanOrEqual(0.5)
  expect(Math.min(...across.subarray(mesh.faceVertices))).toBeGreaterThanOrEqual(0.5)
})

test('has a texture of the same size, all of it defined', () => {
  expect(head.texture).toHaveLength(3 * size * size)
  expect(head.evidence).toHaveLength(size * size)
  expect(head.texture.every((value) => value >= 0 && value <= 1)).toBe(true)
  for (const kind of [Evidence.none, Evidence.own]) expect(head.evidence).toContain(kind)
})

test('finds dark hair for a dark-haired woman, and nothing to doubt', () => {
  const { hair, doubts } = head
  expect(doubts).toEqual([])
  const { mesh, colours, texture } = hair!
  expect(colours).toHaveLength((4 * mesh.positions.length) / 3)
  const opaque = [...texture.data.keys()].filter((k) => k % 4 === 0 && texture.data[k + 3] > 128)
  const brightness = opaque.reduce((sum, k) => sum + texture.data[k], 0) / opaque.length
  // What it is multiplied by at the vertices is linear.
  const red = [...colours.keys()].filter((k) => k % 4 === 0)
  const lit = red.reduce((sum, k) => sum + colours[k] ** (1 / 2.2), 0) / red.length
  expect(lit).toBeLessThan(1)
  const level = brightness * lit
  expect(level).toBeGreaterThan(20)
  expect(level).toBeLessThan(130)
})

test.each(['none', 'photo'] as const)('makes no strips for: %s', async (hair) => {
  expect((await completeHead(seen, capture.content, { hair })).hair).toBeNull()
})

test('takes the style that is asked for', async () => {
  const { hair } = await completeHead(seen, capture.content, { hair: 'bob02' })
  expect(hair!.style).toBe('bob02')
})

test('paints once for all styles of a kind, and anew under another face', async () => {
  const [bob, long] = await Promise.all(
    (['bob01', 'long01'] as const).map((hair) => completeHead(seen, capture.content, { hair })),
  )
  expect(long.evidence).toBe(bob.evidence)
  const darker = capture.content.map((value) => 0.8 * value)
  const other = await completeHead(seen, darker, { hair: 'bob01' })
  const level = ({ texture }: Head) => texture.reduce((sum, value) => sum + value, 0)
  expect(level(other)).toBeLessThan(level(bob))
})

test('refuses a mesh from elsewhere', () => {
  const { photo, kit } = seen
  expect(() => headInPhoto({ ...capture, pose: null }, photo, kit)).toThrow(
    'A mesh from elsewhere gets no head: capture the photo without one.',
  )
})
