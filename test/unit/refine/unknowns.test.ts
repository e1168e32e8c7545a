import { describe, expect, it } from 'vitest'
import { adam } from '../../../client/refine/optimizer.ts'
import { toPlanar } from '../../../client/refine/planar.ts'
import {
  disposeUnknowns,
  initialUnknowns,
  readLevels,
  readTexture,
  readUnknowns,
  restoreUnknowns,
} from '../../../client/refine/unknowns.ts'
import type { HostTensor, Value } from '../../../client/runtime/runtime.ts'
import { randomArray } from '../../support/random.ts'

/** Keeps what is uploaded, and counts what is alive. */
function memory() {
  const counted = { alive: 0 }
  const upload = async ({ type, dims, data }: HostTensor): Promise<Value> => {
    counted.alive++
    return { type, dims, read: async () => data, dispose: () => counted.alive-- }
  }
  return Object.assign(counted, { upload })
}

const size = 32
const texture = randomArray(3 * size * size, 2, 0, 1)
const planar = toPlanar(texture, size)

describe.each([1, 0.2])('unknowns with chroma %d', (chroma) => {
  const preset = { chroma }

  it('are five differences and a residual, and zero states of the same length', async () => {
    const runtime = memory()
    const unknowns = await initialUnknowns(planar, size, { preset, runtime, optimizer: adam(0.1) })
    expect(unknowns.shapes.map(({ height }) => height)).toEqual([32, 16, 8, 4, 2, 1])
    expect([...unknowns.values.keys()]).toEqual(['levels', 'first_moment', 'second_moment'])
    const { levels, first_moment } = await readUnknowns(unknowns)
    expect(levels).toHaveLength(3 * (32 ** 2 + 16 ** 2 + 8 ** 2 + 4 ** 2 + 2 ** 2 + 1))
    expect(first_moment).toEqual(new Float32Array(levels.length))
    expect(runtime.alive).toBe(3)
    disposeUnknowns(unknowns)
    expect(runtime.alive).toBe(0)
  })

  it('give the texture back that they were made of', async () => {
    const unknowns = await initialUnknowns(planar, size, { preset, runtime: memory(), optimizer: adam(0.1) })
    const back = await readTexture(unknowns, preset, size)
    back.forEach((value, k) => {
      expect(value).toBeCloseTo(texture[k], 5)
    })
  })

  it('have the mean colour, in plain RGB, as their residual', async () => {
    const unknowns = await initialUnknowns(planar, size, { preset, runtime: memory(), optimizer: adam(0.1) })
    const residual = (await readLevels(unknowns, preset)).at(-1)!
    for (let c = 0; c < 3; c++) {
      const plane = planar.subarray(c * size * size, (c + 1) * size * size)
      expect(residual.data[c]).toBeCloseTo(plane.reduce((sum, value) => sum + value, 0) / plane.length, 5)
    }
  })
})

it('what a checkpoint kept takes the place of what was there', async () => {
  const runtime = memory()
  const context = { preset: { chroma: 1 }, runtime, optimizer: adam(0.1) }
  const unknowns = await initialUnknowns(new Float32Array(planar.length), size, context)
  const kept = await readUnknowns(await initialUnknowns(planar, size, { ...context, runtime: memory() }))
  kept.first_moment.fill(3)
  await restoreUnknowns(unknowns, kept, runtime)
  expect(await readUnknowns(unknowns)).toEqual(kept)
  expect(runtime.alive).toBe(3)
})
