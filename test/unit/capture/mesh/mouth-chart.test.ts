import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { interpolate, rasterize, texelLayout } from '../../../../client/capture/mesh/rasterize.ts'
import { mouthOpening } from '../../../../client/capture/unwrap/mouth-opening.ts'
import { inMouthChart } from '../../../../client/face/mouth-chart.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const size = 128
const upper = [191, 80, 81, 82, 13, 312, 311, 310, 415]
const lower = [95, 88, 178, 87, 14, 317, 402, 318, 324]

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))('the mouth (needs npm run models)', () => {
  let canonical: CanonicalFace
  beforeAll(async () => {
    canonical = await canonicalFace(diskStore())
  })

  /** Least and greatest opening in the chart and around it, lips so many centimetres apart. */
  const openingOf = (apart: number) => {
    const shape = Float32Array.from(canonical.pos)
    upper.forEach((vertex, i) => {
      for (let c = 0; c < 3; c++) shape[3 * lower[i] + c] = shape[3 * vertex + c] - (c === 1 ? apart : 0)
    })
    const mesh = faceMesh(shape, canonical)
    const layout = rasterize(texelLayout(mesh.uv, size), mesh.triangles, size, size)
    const coverage = Uint8Array.from(layout.triangle, (triangle) => (triangle < 0 ? 0 : 1))
    const positions = interpolate(layout, mesh.triangles, mesh.positions, 3)
    const opening = mouthOpening(coverage, positions, size)
    const values: Record<'chart' | 'face', number[]> = { chart: [], face: [] }
    for (let i = 0; i < size * size; i++) {
      if (!coverage[i]) continue
      const inside = inMouthChart(((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size)
      values[inside ? 'chart' : 'face'].push(opening[i])
    }
    return values
  }

  it('shows nothing between closed lips, nor where a landmark is a little off', () => {
    for (const apart of [0, 0.1]) {
      const { chart, face } = openingOf(apart)
      expect(chart.length).toBeGreaterThan(200)
      expect(Math.max(...chart)).toBe(0)
      expect(Math.min(...face)).toBe(1)
    }
  })

  it('shows all between lips that are apart, but next to the corners', () => {
    const { chart } = openingOf(1)
    expect(chart.filter((value) => value === 1).length).toBeGreaterThan(0.8 * chart.length)
  })
})
