import { expect, test } from 'vitest'
import { expressionNames, visemeNames } from '../../../client/head/expressions/names.ts'
import { morphTarget, targetNames } from '../../../client/result/morph-targets.ts'
import { simpleMovement } from '../../support/movement.ts'

const still = simpleMovement(0)
const morph = (vertex: number, ...offset: number[]) => ({
  vertices: Uint32Array.of(vertex),
  offsets: Float32Array.from(offset),
})
const moving = {
  ...still,
  morphs: { ...still.morphs, jawOpen: morph(1, 0, -2, 0), mouthFunnel: morph(2, 0, 0, 1) },
}

test('names are unlike each other, expressions first', () => {
  expect(new Set(targetNames).size).toBe(expressionNames.length + visemeNames.length)
  expect(targetNames.slice(0, expressionNames.length)).toEqual(expressionNames)
})

test('an expression is written in metres, and 0 where nothing moves', () => {
  const offsets = morphTarget(moving, 'jawOpen', 3)!
  expect(Array.from(offsets, (value) => Math.round(1e4 * value) + 0)).toEqual([0, 0, 0, 0, -200, 0, 0, 0, 0])
})

test('a viseme is the sum of its expressions', () => {
  const offsets = morphTarget(moving, 'viseme_O', 3)!
  expect(Array.from(offsets, (value) => Math.round(1e4 * value) + 0)).toEqual([0, 0, 0, 0, -70, 0, 0, 0, 60])
})

test('what moves nothing, or nothing that is seen, is null', () => {
  expect(morphTarget(moving, 'eyeBlinkLeft', 3)).toBeNull()
  expect(morphTarget(moving, 'viseme_sil', 3)).toBeNull()
  const morphs = { ...still.morphs, jawOpen: morph(1, 0.005, 0.005, 0.005) }
  expect(morphTarget({ ...still, morphs }, 'jawOpen', 3)).toBeNull()
})

test('refuses the movement of a larger mesh', () => {
  expect(() => morphTarget(moving, 'mouthFunnel', 2)).toThrow('mouthFunnel moves vertex 2 of a mesh with 2.')
})
