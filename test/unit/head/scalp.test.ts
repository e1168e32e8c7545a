import { beforeAll, describe, expect, test } from 'vitest'
import { faceRim } from '../../../client/head/face-rim.ts'
import type { HeadMesh } from '../../../client/head/head-mesh.ts'
import { middleOf, type Outline } from '../../../client/head/outline.ts'
import { fitScalp, flatEars } from '../../../client/head/scalp.ts'
import { brown, drawnPerson, eyes } from './drawn-person.ts'
import { drawnView } from './drawn-view.ts'

const view = drawnView({ colour: () => [0, 0, 0] })
const outline = (ratio: number): Outline => ({
  ratios: new Float64Array(59).fill(ratio),
  mean: ratio - 1,
})

let head: HeadMesh
let rim: number[]
beforeAll(async () => {
  head = (await drawnPerson({ colours: brown })).head
  rim = faceRim({ triangles: head.triangles.subarray(0, 3 * head.faceTriangles) })
})

const place = ({ positions }: HeadMesh, v: number) => [...positions.subarray(3 * v, 3 * v + 3)]
/** Vertices of the rest that are none of the face's. */
const rest = () =>
  [...Array(head.positions.length / 3).keys()].filter((v) => head.place[v] >= head.faceVertices)
const fromRim = (v: number) =>
  Math.min(...rim.map((r) => Math.hypot(...place(head, v).map((value, c) => value - place(head, r)[c]))))

function expectFaceToStay(moved: HeadMesh) {
  for (let v = 0; 3 * v < head.positions.length; v++) {
    if (head.place[v] >= head.faceVertices) continue
    expect(place(moved, v)).toEqual(place(head, v))
  }
  const face = [0, 3 * head.faceVertices] as const
  expect(moved.normals.subarray(...face)).toEqual(head.normals.subarray(...face))
}

/** Vertices that were at one place still are. */
function expectSeamsToStay(moved: HeadMesh) {
  for (const v of rest()) expect(place(moved, v)).toEqual(place(moved, head.place[v]))
}

describe('fitScalp', () => {
  /** Of vertices far from the rim on the outline that is seen: how much further out they are. */
  const grown = (moved: HeadMesh) => {
    const centre = middleOf(eyes)
    return rest().flatMap((v) => {
      const [before, after] = [head, moved].map((mesh) => place(mesh, v).map((value, c) => value - centre[c]))
      const far = Math.hypot(...before)
      const onOutline = Math.hypot(before[0], before[1]) > 0.95 * far && before[1] > 3
      return onOutline && fromRim(v) > 3.6 ? [Math.hypot(...after) / far] : []
    })
  }

  test.each([
    [1.1, 'paint', 1.1],
    [1.5, 'paint', 1.16],
    [0.9, 'paint', 0.9],
    [1.3, 'nothing', 1.02],
    [0.9, 'nothing', 0.9],
    [1.15, 'strips', 1],
    [0.9, 'strips', 0.9],
  ] as const)('an outline %s times the head’s, on it %s: %s times as far out', (ratio, on, expected) => {
    const moved = fitScalp(head, outline(ratio), view, { on, eyes })
    const times = grown(moved)
    expect(times.length).toBeGreaterThan(20)
    for (const value of times) expect(value).toBeCloseTo(expected, 2)
    expectFaceToStay(moved)
    expectSeamsToStay(moved)
  })

  test('begins at the rim', () => {
    const moved = fitScalp(head, outline(1.1), view, { on: 'paint', eyes })
    for (const v of rest()) {
      const by = Math.hypot(...place(moved, v).map((value, c) => value - place(head, v)[c]))
      // No more than a tenth of the distance to the middle, by the smooth step over 3.5 cm.
      const share = Math.min(1, fromRim(v) / 3.5)
      expect(by).toBeLessThanOrEqual(0.1 * 21 * share * share * (3 - 2 * share) + 1e-4)
    }
  })

  test('turns the normals with the surface', () => {
    const moved = fitScalp(head, outline(1.1), view, { on: 'paint', eyes })
    for (const v of rest()) expect(Math.hypot(...moved.normals.subarray(3 * v, 3 * v + 3))).toBeCloseTo(1, 4)
    expect(moved.normals).not.toEqual(head.normals)
  })
})

describe('flatEars', () => {
  const side = 7.66
  /** The head with an ear: vertices beside the eyes pulled outwards by 2 cm. */
  const withEars = (): HeadMesh => ({
    ...head,
    positions: head.positions.map((value, k) => {
      const v = Math.floor(k / 3)
      const [x, y, z] = place(head, v)
      const ear = head.place[v] >= head.faceVertices && Math.abs(y - 1) < 2 && z < -6 && z > -10
      return k % 3 === 0 && ear ? value + 2 * Math.sign(x) : value
    }),
  })

  test('lays ears close to the head, and leaves the face', () => {
    const moved = flatEars(withEars(), { eyes, side })
    const widest = ({ positions }: HeadMesh) =>
      Math.max(...positions.filter((_, k) => k % 3 === 0).map(Math.abs))
    expect(widest(withEars())).toBeGreaterThan(9.5)
    // What stands out beyond .96 of the side does so by .15 of it.
    expect(widest(moved)).toBeCloseTo(0.96 * side + 0.15 * (widest(withEars()) - 0.96 * side), 0)
    expectFaceToStay(moved)
    expectSeamsToStay(moved)
  })

  test('changes nothing above the ears and inside of the head’s width', () => {
    const moved = flatEars(head, { eyes, side })
    for (const v of rest()) {
      const [x, y, z] = place(head, v)
      const [mx, my, mz] = place(moved, v)
      expect([my, mz]).toEqual([y, z])
      expect(Math.abs(mx)).toBeLessThanOrEqual(Math.abs(x))
      if (y > eyes + 2.5 || Math.abs(x) < 6) expect(mx).toBe(x)
    }
  })
})
