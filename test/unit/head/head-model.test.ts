import { expect, test } from 'vitest'
import {
  type HeadModel,
  opennessSteps,
  positionStep,
  readHeadModel,
  uvSteps,
} from '../../../client/head/head-model.ts'
import { packHeadModel } from '../../../models/head/head-model.ts'
import { cup } from './cup.ts'

test('reads what was packed, to half a step', () => {
  const model = cup()
  model.openness.forEach((_, v, all) => {
    all[v] = v / all.length
  })
  const read = readHeadModel(packHeadModel(model))
  const steps: [keyof HeadModel, number][] = [
    ['positions', positionStep],
    ['landmarks', positionStep],
    ['origin', 0],
    ['uv', 1 / uvSteps],
    ['triangles', 0],
    ['openness', 1 / opennessSteps],
  ]
  for (const [part, step] of steps) {
    expect(read[part]).toHaveLength(model[part].length)
    const off = Math.max(...Array.from(model[part], (value, i) => Math.abs(value - read[part][i])))
    expect(off).toBeLessThanOrEqual(0.51 * step)
  }
})

test('reads a file that begins at an odd byte of a larger one', () => {
  const packed = packHeadModel(cup())
  const larger = new Uint8Array(packed.length + 1)
  larger.set(packed, 1)
  expect(readHeadModel(larger.subarray(1))).toEqual(readHeadModel(packed))
})

test.each([0, 5, 1000])('refuses a file cut to %d bytes', (length) => {
  expect(() => readHeadModel(packHeadModel(cup()).subarray(0, length))).toThrow(`and has ${length}`)
})

test('is of two bytes a number', () => {
  const model = cup()
  model.positions[0] = 40
  expect(() => packHeadModel(model)).toThrow('does not fit')
})
