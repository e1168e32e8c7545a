import sharp from 'sharp'
import { expect, it } from 'vitest'
import { headUsdz } from '../../../client/result/head-usdz.ts'
import { contentsOf } from '../../support/zipped-files.ts'
import { dome } from './synthetic.ts'

const png = new Uint8Array(
  await sharp({ create: { width: 8, height: 4, channels: 3, background: 'tan' } })
    .png()
    .toBuffer(),
)

it('writes a bald head', async () => {
  expect(Object.keys(contentsOf(await headUsdz({ mesh: dome(2), png, hair: null })))).toEqual([
    'head.usda',
    'textures/head.png',
  ])
})

it('writes the light and the opacity of hair into its texture, and cuts it as a GLB does', async () => {
  const mesh = dome(2)
  const data = new Uint8ClampedArray(4 * 8 * 8).fill(255)
  const colours = Float32Array.from({ length: 4 * 9 }, (_, i) => (i % 4 === 3 ? 0.5 : 0.2140411))
  const hair = { mesh, colours, texture: { size: 8, data } }
  const files = contentsOf(await headUsdz({ mesh: dome(2), png, hair }))
  expect(new TextDecoder().decode(files['head.usda'])).toContain('float inputs:opacityThreshold = 0.45')
  const pixels = await sharp(files['textures/hair.png']).raw().toBuffer()
  expect(pixels).toHaveLength(4 * 8 * 8)
  pixels.forEach((value) => {
    expect(Math.abs(value - 127.5)).toBeLessThan(1)
  })
})
