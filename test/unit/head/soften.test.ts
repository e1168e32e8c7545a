import { expect, test } from 'vitest'
import { soften } from '../../../client/head/soften.ts'
import { gaussianBlur } from '../../../client/image/blur.ts'

const size = 128
const disc = Float32Array.from({ length: size * size }, (_, i) =>
  Math.hypot((i % size) - 70, Math.floor(i / size) - 60) < 25 ? 1 : 0,
)

test.each([1, 3, 4.5, 8])('soften by %d texels comes within some percent of the blur', (sigma) => {
  const exact = gaussianBlur(disc, size, size, 1, sigma)
  const quick = soften(disc, size, sigma)
  let worst = 0
  for (let i = 0; i < exact.length; i++) worst = Math.max(worst, Math.abs(exact[i] - quick[i]))
  expect(worst).toBeLessThan(0.06)
})
