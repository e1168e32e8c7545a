import { describe, expect, it } from 'vitest'
import { input } from '../../../client/graph/tensor.ts'
import { analyse, type Level, synthesis, synthesise } from '../../../client/refine/pyramid.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import { relativeL2 } from '../../parity/check.ts'
import { compute } from '../../parity/compute.ts'
import { randomArray } from '../../support/random.ts'

describe('Laplacian pyramid', () => {
  it.each([
    [64, 64],
    [48, 40],
    [7, 12],
  ])('gives the image back: %i x %i', (height, width) => {
    const image: Level = { height, width, data: randomArray(3 * height * width, 1) }
    const back = synthesise(analyse(image, 3))
    expect(relativeL2(back.data, image.data)).toBeLessThan(1e-6)
  })

  it('without its finest level is the image at half size', () => {
    const image: Level = { height: 8, width: 8, data: randomArray(192, 1) }
    const half = synthesise(analyse(image, 2), 1)
    const { data } = image
    expect(half.data[0]).toBeCloseTo((data[0] + data[1] + data[8] + data[9]) / 4, 6)
    expect([half.height, half.width]).toEqual([4, 4])
  })

  it('the graph synthesises the same as the host', async () => {
    const levels = analyse({ height: 24, width: 20, data: randomArray(3 * 24 * 20, 2) }, 3)
    const inputs = levels.map(({ height, width }, k) => input(`l${k}`, [3, height, width]))
    const feeds = Object.fromEntries(levels.map(({ data }, k) => [`l${k}`, data]))
    const { image } = await compute(await nodeRuntime(), { image: synthesis(inputs) }, feeds)
    expect(relativeL2(image, synthesise(levels).data)).toBeLessThan(1e-6)
  })
})
