import { expect, test } from 'vitest'
import { Evidence } from '../../../client/face/evidence.ts'
import { headEvidence } from '../../../client/head/head-evidence.ts'

const { none, own, mirrored } = Evidence

test('face on the left, the rest on the right, row by row', () => {
  const face = Uint8Array.of(own, own, mirrored, none)
  const evidence = Uint8Array.of(none, mirrored, own, none)
  expect([...headEvidence(face, { evidence, faceHair: null }, 2)]).toEqual([
    ...[own, own, none, mirrored],
    ...[mirrored, none, own, none],
  ])
})

test('hair over the face is the photo’s own', () => {
  const face = Uint8Array.of(none, mirrored, none, none)
  const faceHair = { colour: new Float32Array(12), weight: Float32Array.of(0.2, 0.9, 1, 0) }
  const both = headEvidence(face, { evidence: new Uint8Array(4), faceHair }, 2)
  expect([...both]).toEqual([none, own, none, none, own, none, none, none])
})
