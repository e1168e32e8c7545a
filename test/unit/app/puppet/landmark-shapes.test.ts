import { expect, test } from 'vitest'
import {
  landmarkShapes,
  landmarkTrust,
  solvedExpressions,
} from '../../../../client/app/puppet/landmark-shapes.ts'
import { meshLandmarks } from '../../../../client/face/contours.ts'
import { expressionNames } from '../../../../client/head/expressions/names.ts'
import { simpleMovement } from '../../../support/movement.ts'

// A head whose photo smiles has less of a smile left than whoever drives it.
test('shapes are what a head of any size does to its first 468 vertices', () => {
  const shapes = landmarkShapes(simpleMovement(5000).morphs)
  expect(shapes.length).toBe(solvedExpressions.length * 3 * meshLandmarks)
  for (const [k, name] of solvedExpressions.entries()) {
    const first = expressionNames.indexOf(name) % 5
    for (let v = 0; v < meshLandmarks; v++) {
      const at = 3 * (k * meshLandmarks + v)
      const depth = v % 5 !== first ? 0 : name.startsWith('mouthSmile') ? Math.fround(1.1) : 1
      expect([...shapes.subarray(at, at + 3)]).toEqual([0, 0, depth])
    }
  }
})

test('each landmark is believed, and lids more than the outline', () => {
  const trust = landmarkTrust()
  expect(trust.length).toBe(meshLandmarks)
  expect(Math.min(...trust)).toBeGreaterThan(0)
  expect(trust[159]).toBeGreaterThan(trust[10])
})
