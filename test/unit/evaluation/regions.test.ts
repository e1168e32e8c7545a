import { describe, expect, it } from 'vitest'
import { regionsOf } from '../../evaluation/regions.ts'

/** 4 x 4 texels whose rows are alike. */
const rows = (row: number[]) => Array.from({ length: 4 }, () => row).flat()
const unwrap = (weight: number[], symmetric = true, coverage = [1, 1, 1, 1]) => ({
  size: 4,
  coverage: Uint8Array.from(rows(coverage)),
  weight: Float32Array.from(rows(weight)),
  symmetric,
})
const all = Uint8Array.from(rows([1, 1, 1, 1]))
const firstRow = (mask: Uint8Array | undefined) => mask && [...mask.subarray(0, 4)]

describe('regionsOf', () => {
  it('tells what the photo shows, does not show, and shows on neither side', () => {
    const { whole, visible, invisible, unseen } = regionsOf(unwrap([1, 0.05, 0, 0]), all)
    expect(firstRow(whole)).toEqual([1, 1, 1, 1])
    expect(firstRow(visible)).toEqual([1, 0, 0, 0])
    expect(firstRow(invisible)).toEqual([0, 1, 1, 1])
    // The last texel's mirror image is the first, which is seen.
    expect(firstRow(unseen)).toEqual([0, 1, 1, 0])
    for (const mask of [whole, visible, invisible, unseen])
      expect(mask?.subarray(12)).toEqual(mask?.subarray(0, 4))
  })

  it('counts what is half seen to neither part', () => {
    const { whole, visible, invisible } = regionsOf(unwrap([0.5, 0.3, 0.1, 0.6]), all)
    expect(firstRow(whole)).toEqual([1, 1, 1, 1])
    expect(firstRow(visible)).toEqual([0, 0, 0, 1])
    // 0.1 as a 32-bit number is a little more.
    expect(invisible).toBeUndefined()
  })

  it('counts only texels of the mesh whose truth is known', () => {
    const known = Uint8Array.from(rows([0, 1, 1, 1]))
    const { whole, visible, invisible } = regionsOf(unwrap([1, 1, 0, 0], true, [1, 1, 1, 0]), known)
    expect(firstRow(whole)).toEqual([0, 1, 1, 0])
    expect(firstRow(visible)).toEqual([0, 1, 0, 0])
    expect(firstRow(invisible)).toEqual([0, 0, 1, 0])
  })

  it('knows no mirror image in a layout without symmetry', () => {
    const { invisible, unseen } = regionsOf(unwrap([1, 1, 0, 0], false), all)
    expect(invisible).toHaveLength(16)
    expect(unseen).toBeUndefined()
  })

  it('leaves out regions without texels', () => {
    expect(Object.keys(regionsOf(unwrap([1, 1, 1, 1]), all))).toEqual(['whole', 'visible'])
    // Everything hidden has its mirror image in sight.
    expect(Object.keys(regionsOf(unwrap([1, 1, 0, 0]), all))).toEqual(['whole', 'visible', 'invisible'])
    expect(regionsOf(unwrap([1, 1, 1, 1]), new Uint8Array(16))).toEqual({})
  })
})
