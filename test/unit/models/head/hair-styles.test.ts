import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { rasterize, texelLayout } from '../../../../client/capture/mesh/rasterize.ts'
import { type HairStyle, hairStyles, readHairStyle } from '../../../../client/head/hair/hair-style.ts'
import { readHairTexture } from '../../../../client/head/hair/hair-texture.ts'
import { erode } from '../../../../client/image/morphology.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { compress } from '../../../../models/compress.ts'
import {
  hairStyleFiles,
  hairStyleOf,
  type MeanHead,
  meanHead,
  packHairStyle,
  packHairTexture,
  readHair,
} from '../../../../models/head/hair-styles.ts'
import { makeHumanPackage, readHuman } from '../../../../models/head/make-human.ts'
import { packageFolder } from '../../../../models/package.ts'
import { packageIsThere } from './package-is-there.ts'

// A machine that may be busy with the rest of the suite.
vi.setConfig({ hookTimeout: 120_000 })

test('is made of what is free', () => {
  expect(hairStyleFiles.licence).toBe('CC0-1.0')
  expect(hairStyleFiles.source).toContain('explicitly released as CC0')
})

describe.skipIf(!packageIsThere)('long hair', () => {
  let bytes: Uint8Array
  let style: HairStyle

  beforeAll(async () => {
    const canonical = await canonicalFace(diskStore())
    const { proxy } = readHair(await packageFolder(makeHumanPackage), 'long01')
    bytes = packHairStyle(hairStyleOf(proxy, meanHead(await readHuman(), canonical)))
    style = readHairStyle(bytes)
  })

  test('is small', () => {
    expect(deflateSync(bytes).length).toBeLessThan(38_000)
  })

  test('hangs from the top of the canonical head over both shoulders', () => {
    const across = [0, 1, 2].map((c) => {
      const values = style.positions.filter((_, i) => i % 3 === c)
      return [Math.min(...values), Math.max(...values)]
    })
    const [x, y] = across
    expect(x[0]).toBeLessThan(-9)
    expect(x[1]).toBeGreaterThan(9)
    expect(y[0]).toBeLessThan(-40)
    expect(y[1]).toBeGreaterThan(9)
    expect(y[1]).toBeLessThan(18)
  })

  test('is lit outside, dark beneath', () => {
    const sorted = style.openness.toSorted()
    expect(sorted[Math.floor(0.05 * sorted.length)]).toBeLessThan(0.15)
    expect(sorted[Math.floor(0.9 * sorted.length)]).toBeGreaterThan(0.5)
  })
})

describe.skipIf(!packageIsThere)('textures', () => {
  let mean: MeanHead

  beforeAll(async () => {
    mean = meanHead(await readHuman(), await canonicalFace(diskStore()))
  })

  test.each(hairStyles)('%s', async (name) => {
    const { proxy, texture } = readHair(await packageFolder(makeHumanPackage), name)
    expect(proxy.references).toHaveLength(proxy.offsets.length)
    const { uv, triangles } = hairStyleOf(proxy, mean)
    const bytes = packHairTexture(readFileSync(texture), { uv, triangles })
    const packed = (await compress(bytes)).get('br')!
    expect(packed.length).toBeLessThan(165_000)
    const { size, data } = readHairTexture(bytes)
    expect(size).toBe(512)
    const before = await sharp(texture).raw().toBuffer()
    const side = 512
    const charts = rasterize(texelLayout(uv, side), triangles, side, side).triangle
    const inside = erode(
      Uint8Array.from(charts, (t) => (t < 0 ? 0 : 1)),
      side,
      side,
      4,
    )
    const off = { alpha: 0, brightness: 0, texels: 0 }
    for (let i = 0; i < data.length; i += 4) {
      off.alpha += Math.abs(data[i + 3] - before[i + 3])
      if (before[i + 3] < 200 || !inside[i / 4]) continue
      off.texels++
      const [r, g, b] = before.subarray(i, i + 3)
      off.brightness += Math.abs(data[i] - (0.299 * r + 0.587 * g + 0.114 * b))
    }
    // Beyond a chart's border its strands go on: nothing black shows along a seam.
    const opaque = (i: number) => before[4 * i + 3] > 200
    const level = (pixels: number[]) => pixels.reduce((sum, i) => sum + data[4 * i], 0) / pixels.length
    const border = [...charts.keys()].filter(
      (i) => charts[i] < 0 && opaque(i) && (charts[i - 1] >= 0 || charts[i + 1] >= 0),
    )
    const beside = border.map((i) => (charts[i - 1] >= 0 ? i - 4 : i + 4)).filter((i) => inside[i])
    if (beside.length > 50) expect(level(border)).toBeGreaterThan(0.6 * level(beside))
    expect(off.alpha / (data.length / 4)).toBeLessThan(4)
    expect(off.brightness / off.texels).toBeLessThan(5)
  })
})
