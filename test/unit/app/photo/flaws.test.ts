import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { flawsOf } from '../../../../client/app/photo/flaws.ts'

const side = 1024
const large = () => sharp('client/app/sample/astronaut.png').resize(side)
/** Where the face is in it. */
const face = { x: 345, y: 120, width: 210, height: 210, score: 1, quarterTurns: 0 }

async function photoOf(image: Sharp) {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

test.each([
  ['as it is', large(), { dark: false, blurred: false }],
  ['out of focus', large().blur(5), { dark: false, blurred: true }],
  ['in the dark', large().linear(0.18, 0), { dark: true, blurred: false }],
])('a face %s', async (_, image, flaws) => {
  expect(flawsOf(await photoOf(image), face)).toEqual(flaws)
})

test('a small face is not called blurred: that it is small is said elsewhere', async () => {
  const small = await photoOf(large().blur(5).resize(512))
  const half = { ...face, x: face.x / 2, y: face.y / 2, width: 105, height: 105 }
  expect(flawsOf(small, half)).toEqual({ dark: false, blurred: false })
})
