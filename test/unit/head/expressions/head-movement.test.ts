import { beforeAll, expect, test } from 'vitest'
import { eyes, innerLips, meshLandmarks } from '../../../../client/face/contours.ts'
import { inMouthChart } from '../../../../client/face/mouth-chart.ts'
import { expressed } from '../../../../client/head/expressions/expressed.ts'
import type { MovingHead } from '../../../../client/head/expressions/head-movement.ts'
import { lidPairs } from '../../../../client/head/expressions/lids.ts'
import { lipPairs } from '../../../../client/head/expressions/lips.ts'
import { lipLoop } from '../../../../client/head/expressions/mouth-bag.ts'
import {
  type ExpressionName,
  type ExpressionWeights,
  expressionNames,
} from '../../../../client/head/expressions/names.ts'
import { type HeadKit, headKit } from '../../../../client/head/kit.ts'
import { neckEnd } from '../../../../client/head/neck-end.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { meanMover } from '../../../support/mean-mover.ts'

let kit: HeadKit
let mean: MovingHead

beforeAll(async () => {
  kit = await headKit(diskStore())
  mean = meanMover(kit)
})

const at = (positions: Float32Array, v: number) => positions.subarray(3 * v, 3 * v + 3)
const apart = (positions: Float32Array, a: number, b: number) =>
  Math.hypot(...[0, 1, 2].map((c) => positions[3 * a + c] - positions[3 * b + c]))
const makes = ({ mesh, movement }: MovingHead, weights: ExpressionWeights) =>
  expressed(mesh.positions, movement.head, weights)

/** The mean head's landmarks as an expression has them. */
function landmarksWith(weights: ExpressionWeights): Float32Array {
  return makes(mean, weights).slice(0, 3 * meshLandmarks)
}

test('every expression moves the face by some millimetres, and never where the neck ends', () => {
  const end = new Set(neckEnd(mean.mesh).flatMap((v) => placesAt(v)))
  for (const name of expressionNames) {
    const { vertices, offsets } = mean.movement.head.morphs[name]
    // What is painted in the eyes moves little, what withdraws behind the teeth by centimetres.
    const lengths = [...vertices].map((_, i) => Math.hypot(...offsets.subarray(3 * i, 3 * i + 3)))
    expect(Math.max(...lengths), name).toBeGreaterThan(0.1)
    expect(Math.max(...lengths), name).toBeLessThan(7)
    expect([...vertices].filter((v) => end.has(v))).toEqual([])
  }
})

/** All vertices at a vertex's place. */
function placesAt(v: number): number[] {
  return [...mean.mesh.place.keys()].filter((other) => mean.mesh.place[other] === v)
}

test("left is the person's left, and right its mirror image", () => {
  for (const name of expressionNames.filter(
    (name) => /^(brow|eye|cheek|nose)/.test(name) && name.endsWith('Left'),
  )) {
    const other = name.replace('Left', 'Right') as ExpressionName
    const moved = [name, other].map((of) => {
      const { vertices, offsets } = mean.movement.head.morphs[of]
      return [...vertices].filter((_, i) => Math.hypot(...offsets.subarray(3 * i, 3 * i + 3)) > 0.1)
    })
    for (const v of moved[0]) expect(mean.mesh.positions[3 * v], name).toBeGreaterThan(-1.3)
    for (const v of moved[1]) expect(mean.mesh.positions[3 * v], other).toBeLessThan(1.3)
    expect(Math.abs(moved[0].length - moved[1].length), name).toBeLessThan(0.1 * moved[0].length + 5)
  }
})

test.each([
  ['as wide as they are', 0],
  ['wide open', 0.35],
  ['narrow', -0.25],
])('a blink closes eyes that are %s, and nothing of them shows between the lids', (_, more) => {
  const landmarks = kit.model.landmarks.slice()
  for (const eye of eyes) for (const [upper] of lidPairs(eye).slice(1, -1)) landmarks[3 * upper + 1] += more
  const head = meanMover(kit, { landmarks })
  const closed = makes(head, { eyeBlinkLeft: 1, eyeBlinkRight: 1 })
  for (const eye of eyes) {
    for (const [upper, lower] of lidPairs(eye)) expect(apart(closed, upper, lower)).toBeLessThan(0.01)
    const edges = eye.map((v) => at(closed, v))
    const [low, high] = [Math.min, Math.max].map((of) => of(...edges.map(([, y]) => y)))
    // What is painted between them lies on the same line.
    for (const v of paintedIn(head, eye)) {
      expect(closed[3 * v + 1]).toBeGreaterThanOrEqual(low - 1e-4)
      expect(closed[3 * v + 1]).toBeLessThanOrEqual(high + 1e-4)
    }
  }
})

/** Vertices of triangles that have nothing but an eye's contour and what lies in it. */
function paintedIn({ mesh }: MovingHead, eye: readonly number[]): number[] {
  const contour = new Set<number>(eye)
  const inside = new Set<number>()
  for (const [upper, lower] of lidPairs(eye as (typeof eyes)[number]).slice(1, -1)) {
    const [a, b] = [at(mesh.positions, upper), at(mesh.positions, lower)]
    for (let v = meshLandmarks; v < mesh.faceVertices; v++) {
      const [x, y, z] = at(mesh.positions, v)
      const between = y < a[1] - 0.1 && y > b[1] + 0.1 && Math.abs(x - (a[0] + b[0]) / 2) < 0.1
      if (between && Math.abs(z - (a[2] + b[2]) / 2) < 0.5 && !contour.has(v)) inside.add(v)
    }
  }
  return [...inside]
}

test('an open jaw parts the lips, and closing the mouth over it joins them', () => {
  const open = makes(mean, { jawOpen: 1 })
  expect(apart(open, 13, 14)).toBeGreaterThan(2)
  const closed = makes(mean, { jawOpen: 1, mouthClose: 1 })
  for (const [upper, lower] of lipPairs) expect(apart(closed, upper, lower)).toBeLessThan(0.02)
})

test('behind the lips it is dark in every expression, and what the photo shows there gives way to teeth', () => {
  const { mesh, movement } = mean
  const lips = lipLoop({ triangles: kit.fine.face.triangles, uv: kit.fine.face.uv })
  expect(lips).toHaveLength(2 * innerLips.length)
  for (const name of expressionNames) {
    const face = makes(mean, { [name]: 1 })
    const mouth = expressed(movement.mouth.mesh.positions, movement.mouth, { [name]: 1 })
    // The bag's first ring is the lips' edge.
    for (const [i, v] of lips.entries())
      expect(Math.hypot(...[0, 1, 2].map((c) => mouth[3 * i + c] - face[3 * v + c])), name).toBeLessThan(0.01)
  }
  const open = makes(mean, { jawOpen: 1 })
  const teeth = Math.max(...[...movement.mouth.mesh.positions].filter((_, i) => i % 3 === 2 && i >= 3 * 201))
  expect(teeth).toBeLessThan(mesh.positions[3 * 13 + 2] - 0.3)
  for (let v = 0; v < mesh.faceVertices; v++)
    if (inMouthChart(2 * mesh.uv[2 * v], mesh.uv[2 * v + 1])) expect(open[3 * v + 2]).toBeLessThan(teeth - 3)
})

test('a laughing face at rest can be neutral: lips closed, corners down, with more left to open', () => {
  const laughs = { jawOpen: 0.35, mouthSmileLeft: 0.8, mouthSmileRight: 0.8 }
  const landmarks = landmarksWith(laughs)
  const asSeen = meanMover(kit, { landmarks })
  expect([...asSeen.mesh.positions.subarray(0, 3 * meshLandmarks)]).toEqual([...landmarks])
  const neutral = meanMover(kit, { landmarks, rest: 'neutral' })
  for (const [upper, lower] of lipPairs)
    expect(apart(neutral.mesh.positions, upper, lower)).toBeLessThan(0.02)
  const corner = 61
  const off = (positions: ArrayLike<number>) =>
    Math.hypot(...[0, 1, 2].map((c) => positions[3 * corner + c] - kit.model.landmarks[3 * corner + c]))
  expect(off(neutral.mesh.positions)).toBeLessThan(0.75 * off(landmarks))
  const opens = (head: MovingHead) => {
    const open = makes(head, { jawOpen: 1 })
    return head.mesh.positions[3 * 152 + 1] - open[3 * 152 + 1]
  }
  expect(opens(asSeen)).toBeLessThan(0.85 * opens(neutral))
})

test('bones take the face along whole, the neck in part, and its end not at all', () => {
  const { bones } = mean.movement.head
  for (let v = 0; v < mean.mesh.faceVertices; v++) expect([bones[2 * v], bones[2 * v + 1]]).toEqual([0, 1])
  for (const v of neckEnd(mean.mesh)) expect([bones[2 * v], bones[2 * v + 1]]).toEqual([0, 0])
  for (let v = 0; 2 * v < bones.length; v++) expect(bones[2 * v] + bones[2 * v + 1]).toBeLessThan(1 + 1e-6)
  expect(bones.some((weight, i) => i % 2 === 0 && weight > 0.5)).toBe(true)
  const { neck, head } = mean.movement.pivots
  expect(neck[1]).toBeLessThan(head[1] - 3)
  expect(head[1]).toBeLessThan(kit.model.landmarks[3 * 4 + 1])
})

test('hair follows the jaw at its sides, and the head down to the chin', async () => {
  const { style, texture } = await kit.style('long01')
  const mesh = { ...style, normals: style.positions.slice() }
  const colours = new Float32Array((4 * style.positions.length) / 3).fill(1)
  const hair = { style: 'long01' as const, mesh, colours, texture }
  const { movement } = meanMover(kit, { hair })
  const { morphs, bones } = movement.hair!
  expect(morphs.jawOpen.vertices.length).toBeGreaterThan(20)
  expect(morphs.eyeLookUpLeft.vertices).toHaveLength(0)
  const chin = kit.model.landmarks[3 * 152 + 1]
  for (let v = 0; 2 * v < bones.length; v++) {
    const y = style.positions[3 * v + 1]
    if (y > chin) expect(bones[2 * v + 1]).toBe(1)
    if (y < chin - 14) expect(bones[2 * v + 1]).toBe(0)
  }
})
