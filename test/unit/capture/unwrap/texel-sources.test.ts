import { describe, expect, it } from 'vitest'
import { texelSources } from '../../../../client/capture/unwrap/texel-sources.ts'
import { Evidence } from '../../../../client/face/evidence.ts'
import type { Unwrap } from '../../../../client/face/types.ts'

/** A texture that is seen with these weights everywhere but where told. */
function unwrapOf(size: number, weight: Float32Array, symmetric = true): Unwrap {
  return {
    size,
    coverage: new Uint8Array(size * size).fill(1),
    sampled: new Float32Array(3 * size * size),
    weight,
    normals: new Float32Array(3 * size * size),
    features: new Uint8Array(size * size),
    symmetric,
  }
}

const { none, own, mirrored } = Evidence

describe('texelSources', () => {
  // Each row's left half is what matters, the right one its mirror image: 4 x 4 texels.
  const rows = [
    [0.3, 0.3, 0.3, 0.3],
    [0.3, 0.05, 0.5, 0.4],
    [0.05, 0.09, 0.05, 0.2],
    [0.7, 0.7, 0.9, 0.9],
  ]
  const unwrap = unwrapOf(4, Float32Array.from(rows.flat()))

  it('takes the better seen side, its own where both are alike, none where neither is seen', () => {
    const { source } = texelSources(unwrap)
    expect([0, 1, 2, 3].map((row) => [...source.subarray(4 * row, 4 * row + 4)])).toEqual([
      [own, own, own, own],
      [mirrored, mirrored, own, own],
      [mirrored, none, none, own],
      // Surely seen: its own, although the mirror image is seen better.
      [own, own, own, own],
    ])
  })

  it('gives each texel the weight of its mirror image', () => {
    expect([...texelSources(unwrap).mirroredWeight.subarray(4, 8)]).toEqual(
      [0.4, 0.5, 0.05, 0.3].map(Math.fround),
    )
  })

  it('knows no mirror image in a layout without symmetry', () => {
    const { source, mirroredWeight } = texelSources({ ...unwrap, symmetric: false })
    expect([...source.subarray(4, 8)]).toEqual([own, none, own, own])
    expect(mirroredWeight.every((weight) => weight === 0)).toBe(true)
  })

  it('knows nothing beside the charts', () => {
    const coverage = new Uint8Array(16).fill(1, 4)
    const { source, fixed } = texelSources({ ...unwrap, coverage })
    expect([...source.subarray(0, 4), ...fixed.subarray(0, 4)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  it.each([
    [256, 2],
    [512, 4],
  ])('holds no texel of %i px within %i texels of a doubtful one', (size, radius) => {
    const middle = (size / 2) * size + size / 4
    const weight = new Float32Array(size * size).fill(0.61)
    weight[middle] = 0.59
    const { fixed } = texelSources(unwrapOf(size, weight))
    expect(fixed[middle + radius]).toBe(0)
    expect(fixed[middle - radius * size]).toBe(0)
    expect(fixed[middle + radius + 1]).toBe(1)
    // The texture's border is none.
    expect(fixed[0]).toBe(1)
  })
})
