import { describe, expect, it } from 'vitest'
import { random } from '../../../client/image/random.ts'
import { scaleInputs } from '../../../client/refine/inputs.ts'
import { type Preset, presets } from '../../../client/refine/schedule.ts'
import { smallProblem } from '../../support/problem.ts'

const problem = smallProblem(32)
const preset: Preset = { ...presets.draft, samples: { content: 200, style: 100 } }
const inputsOf = (changes: Partial<Preset> = {}, divisor = 1, given = problem) =>
  scaleInputs(given, { ...preset, ...changes }, divisor, given.content, random(1))
/** Texels of the positions. */
const drawn = ({ rows, columns }: { rows: Int32Array; columns: Int32Array }, size = 32) =>
  [...rows].map((row, i) => row * size + columns[i])

describe('scaleInputs', () => {
  it('has images of the scale: planar, from -1 to 1, the flip mirrored', () => {
    const inputs = inputsOf({}, 2)
    expect([inputs.size, inputs.content.length, inputs.freedom?.length]).toEqual([16, 3 * 256, 256])
    // Means of 2 x 2 texels of red.
    const mean = [0, 1, 32, 33].reduce((sum, i) => sum + problem.content[3 * i] / 4, 0)
    expect(inputs.content[0]).toBeCloseTo(2 * mean - 1, 5)
    for (let x = 0; x < 16; x++) expect(inputs.flipped[x]).toBe(inputs.style[15 - x])
  })

  it('shows the style filled with the content, but for the official way', () => {
    const hidden = 16 * 32 + 22
    expect(problem.weight[hidden]).toBe(0)
    expect(inputsOf().style[hidden]).toBeCloseTo(2 * problem.content[3 * hidden] - 1, 6)
    expect(inputsOf({ style: 'all' }).style[hidden]).toBe(-1)
  })

  it('samples the texture where it is free, or everywhere', () => {
    for (const texel of drawn(inputsOf().draw.texture())) expect(problem.freedom[texel]).toBeGreaterThan(0.05)
    const everywhere = drawn(inputsOf({ contentMask: false }).draw.texture())
    expect(everywhere.some((texel) => problem.freedom[texel] === 0)).toBe(true)
  })

  it('samples the style where the photo shows it, mirrored in the flip', () => {
    const { draw, samples } = inputsOf({ style: 'visible', flips: 0.6 })
    expect(samples).toEqual({ texture: 200, style: 40, flipped: 60 })
    const texels = drawn(draw.style())
    expect(texels).toHaveLength(40)
    for (const texel of texels) expect(problem.weight[texel]).toBe(1)
    for (const texel of drawn(draw.flipped()))
      expect(problem.weight[texel - (texel % 32) + 31 - (texel % 32)]).toBe(1)
  })

  it('has no flip where the layout is not symmetric', () => {
    expect(inputsOf({}, 1, { ...problem, symmetric: false }).samples).toEqual({
      ...{ texture: 200, style: 100, flipped: 0 },
    })
  })

  it('has what a term needs only with that term', () => {
    expect(inputsOf().photo).toBeNull()
    expect(inputsOf({ composite: false }).freedom).toBeNull()
    const { photo } = inputsOf({ weights: { ...preset.weights, photometric: 20 }, erosion: 0.125 })
    expect(photo?.pixels).toHaveLength(3 * 32 * 32)
    const shown = (mask: Float32Array) => mask.reduce((sum, value) => sum + value, 0)
    expect(shown(photo!.mask)).toBeGreaterThan(0)
    expect(shown(photo!.mask)).toBeLessThan(shown(problem.view.mask) - 20)
  })

  it('draws on one grid a scale where the official code does', () => {
    const large = smallProblem(256)
    const { draw } = inputsOf({ sampling: 'grid', contentMask: false }, 1, large)
    const { rows, columns } = draw.texture()
    expect(new Set(rows.map((row) => row % 2)).size).toBe(1)
    expect(new Set(columns.map((column) => column % 2)).size).toBe(1)
  })
})
