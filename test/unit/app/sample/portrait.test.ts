import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawPortrait, readHead } from '../../../../client/app/sample/portrait.ts'
import type { Mesh } from '../../../../client/face/types.ts'
import { headGlb } from '../../../../client/result/head-glb.ts'
import { encodePng } from '../../../../client/result/png.ts'

/** An upright rectangle, centimetres. */
function upright([left, right]: number[], [bottom, top]: number[], z: number): Mesh {
  return {
    positions: Float32Array.of(left, bottom, z, right, bottom, z, right, top, z, left, top, z),
    normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
    uv: Float32Array.of(0, 1, 1, 1, 1, 0, 0, 0),
    triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
  }
}
const head = upright([-5, 5], [-60, -2], 0)
/** In front of the head, and a little higher. */
const hair = upright([-1, 1], [-4, 0], 4)
const colours = Float32Array.from({ length: 16 }, (_, i) => (i % 4 === 3 ? 1 : 0.25))

let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portrait-'))
  path = join(folder, 'head.glb')
  const png = await encodePng(Uint8Array.of(255, 0, 0), 1, 1, 'rgb')
  const blue = await sharp(Buffer.of(0, 0, 255, 255), { raw: { width: 1, height: 1, channels: 4 } })
    .png()
    .toBuffer()
  await writeFile(path, await headGlb({ mesh: head, png, hair: { mesh: hair, png: blue, colours } }))
})
afterAll(() => rm(folder, { recursive: true }))

test('reads head and hair in centimetres, with textures and colours', async () => {
  const [skin, strips] = await readHead(path)
  for (const [i, value] of head.positions.entries()) expect(skin.positions[i]).toBeCloseTo(value, 4)
  expect([...skin.texture.data]).toEqual([1, 0, 0, 1])
  expect(skin.colours).toBeNull()
  expect([...strips.texture.data]).toEqual([0, 0, 1, 1])
  expect(strips.colours).toEqual(colours)
})

test('frames from above the hair down to where the bust goes on', async () => {
  const { at } = await picture(0)
  expect(at(50, 0)[3]).toBe(0)
  expect(at(50, 8)[3]).toBeGreaterThan(240)
  expect(at(50, 99)).toEqual([255, 0, 0, 255])
  // 10 cm of the 37 that fill the picture but for its margin.
  const width = Array.from({ length: 100 }, (_, x) => at(x, 60)[3] / 255).reduce((sum, share) => sum + share)
  expect(width).toBeCloseTo(((10 / 37) * 100) / 1.15, 0)
})

test('turns what is in front to the right', async () => {
  const middle = async (yaw: number) => {
    const { at } = await picture(yaw)
    const blue = Array.from({ length: 100 }, (_, x) => x).filter((x) => at(x, 10)[2] > 100)
    return blue.reduce((sum, x) => sum + x, 0) / blue.length
  }
  expect(await middle(0)).toBeCloseTo(49.5, 0)
  expect(await middle(45)).toBeGreaterThan(54)
  expect(await middle(-45)).toBeLessThan(45)
})

async function picture(yaw: number) {
  const { data } = await sharp(await drawPortrait(await readHead(path), yaw, 100))
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { at: (x: number, y: number) => [...data.subarray(4 * (100 * y + x), 4 * (100 * y + x) + 4)] }
}
