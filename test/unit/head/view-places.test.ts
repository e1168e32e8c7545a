import { beforeAll, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { viewReach, viewStep } from '../../../client/head/view.ts'
import { landmarkPlaces } from '../../../client/head/view-places.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { drawnView } from './drawn-view.ts'

let canonical: CanonicalFace
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
})
const view = (yaw = 0) => drawnView({ colour: () => [0, 0, 0] }, yaw)

test('the canonical face’s eyes, chin and sides, in rows and columns', () => {
  const { eyes, chin, middle, side } = landmarkPlaces(view(), Float32Array.from(canonical.pos))
  // Of the canonical face, centimetres: outer corners at 2.66, the chin at -9.40, the widest points at 7.66.
  expect(eyes).toBeCloseTo((viewReach.up - 2.664) / viewStep, 1)
  expect(chin).toBeCloseTo((viewReach.up + 9.403) / viewStep, 1)
  expect(middle).toBeCloseTo(viewReach.side / viewStep, 3)
  expect(side).toBeCloseTo(7.664 / viewStep, 1)
})

test('a turned face is narrower, and its middle lies where its sides’ is', () => {
  const { middle, side } = landmarkPlaces(view(30), Float32Array.from(canonical.pos))
  expect(side).toBeCloseTo((7.664 * Math.cos(Math.PI / 6)) / viewStep, 1)
  // The sides lie 2.44 cm behind the origin: a turn takes them to the other side.
  expect(middle).toBeCloseTo((viewReach.side - 2.436 * Math.sin(Math.PI / 6)) / viewStep, 1)
})
