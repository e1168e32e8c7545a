import sharp from 'sharp'
import { expect, it } from 'vitest'
import { headObjZip } from '../../../client/result/head-obj-zip.ts'
import { contentsOf } from '../../support/zipped-files.ts'
import { dome } from './synthetic.ts'

const png = new Uint8Array(
  await sharp({ create: { width: 8, height: 4, channels: 3, background: 'tan' } })
    .png()
    .toBuffer(),
)

it('writes a bald head', async () => {
  expect(Object.keys(contentsOf(await headObjZip({ mesh: dome(2), png, hair: null })))).toEqual([
    'head.obj',
    'head.mtl',
    'head.png',
  ])
})

it('cuts hair out by opacity that is all or nothing, beside the texture and in it', async () => {
  const mesh = dome(2)
  // Opacity grows from the left to the right.
  const data = Uint8ClampedArray.from({ length: 4 * 8 * 8 }, (_, i) =>
    i % 4 === 3 ? 36 * ((i >> 2) % 8) : 200,
  )
  const hair = { mesh, colours: new Float32Array(4 * 9).fill(1), texture: { size: 8, data } }
  const files = contentsOf(await headObjZip({ mesh: dome(2), png, hair }))
  expect(Object.keys(files)).toEqual(['head.obj', 'head.mtl', 'head.png', 'hair.png', 'hair-opacity.png'])
  const alpha = await sharp(files['hair.png']).extractChannel('alpha').raw().toBuffer()
  const opacity = await sharp(files['hair-opacity.png']).raw().toBuffer()
  // .45 of 255 is 114.75.
  const row = [0, 0, 0, 0, 255, 255, 255, 255]
  expect([...alpha.subarray(0, 8)]).toEqual(row)
  expect([...opacity.subarray(0, 32)]).toEqual(row.flatMap((value) => Array(4).fill(value)))
})
