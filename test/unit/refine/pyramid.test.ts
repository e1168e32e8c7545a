import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { analyse, type Level, synthesis, synthesise } from '../../../client/refine/pyramid.ts'
import { hasGolden, readGolden, relativeL2 } from '../../support/golden.ts'
import { randomArray } from '../../support/random.ts'
import { runGraph } from '../../support/run-graph.ts'

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
    const { image } = await runGraph({ image: synthesis(inputs) }, feeds)
    expect(relativeL2(image, synthesise(levels).data)).toBeLessThan(1e-6)
  })

  describe.skipIf(!hasGolden)(
    'against the official code (skipped where the golden numbers are missing)',
    () => {
      it.each(['pyramid_64x64', 'pyramid_96x80'])('%s', async (name) => {
        const golden = readGolden(name)
        const [, , height, width] = golden.shape('image')
        const levels = analyse({ height, width, data: golden.float('image') }, golden.meta.depth as number)
        for (const [k, level] of levels.entries()) {
          expect(relativeL2(level.data, golden.float(`level_${k}`))).toBeLessThan(1e-5)
        }
        expect(relativeL2(synthesise(levels).data, golden.float('synth'))).toBeLessThan(1e-5)
        expect(relativeL2(synthesise(levels, 1).data, golden.float('synth_from_level_1'))).toBeLessThan(1e-5)

        const inputs = levels.map((level, k) => input(`l${k}`, [3, level.height, level.width]))
        const value = g.sum(g.mul(synthesis(inputs), input('w', [3, height, width])))
        const gradients = gradient(value, inputs)
        const feeds = Object.fromEntries(levels.map(({ data }, k) => [`l${k}`, data]))
        const outputs = Object.fromEntries(gradients.map((tensor, k) => [`g${k}`, tensor]))
        const result = await runGraph({ value, ...outputs }, { ...feeds, w: golden.float('w') })
        expect(Math.abs(result.value[0] / golden.scalars.w_dot_synth.f64 - 1)).toBeLessThan(1e-5)
        for (const k of levels.keys()) {
          expect(relativeL2(result[`g${k}`], golden.float(`grad_${k}`))).toBeLessThan(1e-5)
        }
      })
    },
  )
})
