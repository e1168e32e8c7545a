import { expect, it } from 'vitest'
import { fromStored, toStored } from '../../../client/refine/colour-space.ts'
import { randomArray } from '../../support/random.ts'

it('comes back to RGB, and stores chroma divided by its factor', () => {
  const rgb = randomArray(30, 1)
  fromStored(toStored(rgb, 0.2), 0.2).forEach((value, i) => {
    expect(value).toBeCloseTo(rgb[i], 5)
  })
  const [plain, damped] = [1, 0.2].map((chroma) => toStored(rgb, chroma))
  damped.forEach((value, i) => {
    expect(value).toBeCloseTo(plain[i] * (i < 10 ? 1 : 5), 4)
  })
})
