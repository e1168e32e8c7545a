import { Document } from '@gltf-transform/core'
import { expect, test } from 'vitest'
import { createRig, skinWeights } from '../../../client/result/rig.ts'

test('the bones stand at their pivots, and the skin takes them back to the origin', () => {
  const document = new Document()
  const rig = createRig(document, document.createBuffer(), { neck: [1, -12, -3], head: [2, -5, -1] })
  const close = (values: number[]) => values.map((value) => expect.closeTo(value, 6))
  expect(rig.head.getWorldTranslation()).toEqual(close([0.02, -0.05, -0.01]))
  expect(rig.neck.getWorldTranslation()).toEqual(close([0.01, -0.12, -0.03]))
  expect(rig.body.getWorldTranslation()).toEqual([0, 0, 0])
  const inverse = rig.skin.getInverseBindMatrices()!
  for (const [i, joint] of rig.skin.listJoints().entries()) {
    const [x, y, z] = joint.getWorldTranslation()
    expect(inverse.getElement(i, [])).toEqual(close([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1]))
  }
})

test('weights add up to 255, and joints without one are named 0', () => {
  const { joints, weights } = skinWeights(Float32Array.of(0, 0, 0.25, 0, 0, 1, 0.5, 0.5, 0.1, 0.6))
  expect([...joints]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 1, 2, 0, 0, 1, 2, 0])
  expect([...weights]).toEqual([255, 0, 0, 0, 191, 64, 0, 0, 0, 0, 255, 0, 0, 127, 128, 0, 76, 26, 153, 0])
})
