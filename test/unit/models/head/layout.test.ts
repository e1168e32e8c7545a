import { beforeAll, describe, expect, test } from 'vitest'
import { borderLoops } from '../../../../client/head/border-loops.ts'
import { type Layout, layOut } from '../../../../models/head/layout.ts'
import { areas, flatAreas } from '../../../../models/head/parameterize.ts'
import type { Remainder } from '../../../../models/head/remainder.ts'
import { uvOverlap } from '../../../evaluation/data/uv-overlap.ts'
import { packageIsThere } from './package-is-there.ts'
import { referenceHead } from './reference-head.ts'

describe.skipIf(!packageIsThere)('the layout of the reference head', () => {
  let remainder: Remainder
  let layout: Layout

  beforeAll(async () => {
    const { canonical, landmarks, ...reference } = await referenceHead()
    remainder = reference.remainder
    layout = layOut(remainder, landmarks, canonical)
  }, 60_000)

  test('holds every triangle once, within the texture, the rim first', () => {
    const key = (triangles: ArrayLike<number>) =>
      Array.from({ length: triangles.length / 3 }, (_, t) =>
        [0, 1, 2]
          .map((k) => triangles[3 * t + k])
          .sort((a, b) => a - b)
          .join(),
      ).sort()
    expect(key(layout.triangles.map((v) => layout.origin[v]))).toEqual(key(remainder.triangles))
    expect([...layout.origin.subarray(0, 72)]).toEqual(Array.from({ length: 72 }, (_, i) => i))
    expect(Math.min(...layout.uv)).toBeGreaterThan(0.005)
    expect(Math.max(...layout.uv)).toBeLessThan(0.995)
  })

  test('is of three charts: the skull with holes for face and ears, and the ears', () => {
    // The skull's border, the face's, and each ear's hole and the ear.
    expect(borderLoops(layout.triangles)).toHaveLength(6)
  })

  test('does not overlap, and shows every triangle from outside', () => {
    expect(uvOverlap(layout, 2048)).toBe(0)
    // v runs down.
    expect(Math.max(...flatAreas(layout.uv, layout.triangles))).toBeLessThan(0)
  })

  test('keeps areas: .43 mm a texel at 1,024', () => {
    expect(layout.texel).toBeLessThan(0.044)
    const wanted = areas(
      remainder.positions,
      layout.triangles.map((v) => layout.origin[v]),
    )
    const side = 1024 * layout.texel
    const ratios = flatAreas(layout.uv, layout.triangles).map((area, t) => (-side * side * area) / wanted[t])
    const sorted = ratios.toSorted()
    expect(sorted[Math.floor(0.01 * sorted.length)]).toBeGreaterThan(0.4)
    expect(sorted[Math.floor(0.99 * sorted.length)]).toBeLessThan(2.2)
  })

  test('has the forehead above the chin and the ears on their sides', () => {
    const { uv, origin } = layout
    expect(uv[1]).toBeLessThan(uv[2 * 36 + 1])
    // The rim runs over the image's left first.
    expect(uv[2 * 18]).toBeLessThan(uv[2 * 54])
    const right = [...origin.keys()].filter((v) => uv[2 * v + 1] > 0.8 && uv[2 * v] > 0.5)
    for (const v of right) expect(remainder.positions[3 * origin[v]]).toBeGreaterThan(5)
  })
})
