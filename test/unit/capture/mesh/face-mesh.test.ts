import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh, symmetricUv } from '../../../../client/capture/mesh/face-mesh.ts'
import { rasterize, texelLayout } from '../../../../client/capture/mesh/rasterize.ts'
import { featureMask } from '../../../../client/face/features.ts'
import { inMouthChart } from '../../../../client/face/mouth-chart.ts'
import type { Mesh } from '../../../../client/face/types.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

const size = 256

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'the face mesh (needs npm run models)',
  () => {
    let canonical: CanonicalFace
    let mesh: Mesh
    let coverage: Uint8Array
    beforeAll(async () => {
      canonical = await canonicalFace(diskStore())
      mesh = faceMesh(canonical.pos, canonical)
      const { triangle } = rasterize(texelLayout(mesh.uv, size), mesh.triangles, size, size)
      coverage = Uint8Array.from(triangle, (t) => (t < 0 ? 0 : 1))
    })

    it('has four triangles for each, the landmarks first and unmoved', () => {
      expect(mesh.triangles.length).toBe(4 * canonical.tri.length)
      // 1,833 vertices, and the mouth's contour twice: 20 vertices, 20 edges.
      expect(mesh.positions.length / 3).toBe(1873)
      expect([...mesh.positions.subarray(0, 468 * 3)]).toEqual([...Float32Array.from(canonical.pos)])
    })

    it('has unit normals that point outwards', () => {
      const { normals, positions } = mesh
      for (let i = 0; i < normals.length; i += 3)
        expect(Math.hypot(normals[i], normals[i + 1], normals[i + 2])).toBeCloseTo(1, 4)
      const tip = 3 * 4
      expect(normals[tip + 2]).toBeGreaterThan(0.8)
      const leftmost = 3 * 234
      expect(positions[leftmost]).toBeLessThan(-7)
      expect(normals[leftmost]).toBeLessThan(-0.7)
    })

    it('lays out the face symmetrically', () => {
      const uv = symmetricUv(canonical)
      canonical.mirror.forEach((partner, v) => {
        expect(uv[2 * v]).toBeCloseTo(1 - uv[2 * partner], 6)
        expect(uv[2 * v + 1]).toBeCloseTo(uv[2 * partner + 1], 6)
        expect(Math.abs(uv[2 * v] - canonical.uv[2 * v])).toBeLessThan(0.0013)
      })
    })

    it('gives the mouth a chart of its own, with nothing at its mirror image', () => {
      let chart = 0
      for (let i = 0; i < coverage.length; i++) {
        const [x, y] = [i % size, Math.floor(i / size)]
        if (!inMouthChart((x + 0.5) / size, (y + 0.5) / size)) continue
        if (coverage[i]) chart++
        expect(coverage[y * size + size - 1 - x]).toBe(0)
      }
      expect(chart).toBeGreaterThan(1000)
    })

    it('keeps texels of the face and of the mouth apart', () => {
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          if (!coverage[y * size + x] || inMouthChart((x + 0.5) / size, (y + 0.5) / size)) continue
          for (const [dx, dy] of [
            [-3, 0],
            [0, 3],
            [-2, 2],
          ])
            expect(inMouthChart((x + dx + 0.5) / size, (y + dy + 0.5) / size)).toBe(false)
        }
    })

    it('marks eyes, brows, lips and the mouth, on both sides alike', () => {
      const features = featureMask(mesh.uv, size)
      const at = (...vertices: number[]) => {
        const [u, v] = [0, 1].map(
          (c) => vertices.reduce((sum, i) => sum + mesh.uv[2 * i + c], 0) / vertices.length,
        )
        return features[Math.floor(v * size) * size + Math.floor(u * size)]
      }
      const marks = {
        lips: [at(12), at(15)],
        brows: [at(105, 52), at(334, 282)],
        eyes: [at(159, 145), at(386, 374)],
      }
      expect(marks).toEqual({ lips: [1, 1], brows: [1, 1], eyes: [1, 1] })
      const skin = { nose: at(4), cheek: at(50), forehead: at(151), chin: at(199) }
      expect(skin).toEqual({ nose: 0, cheek: 0, forehead: 0, chin: 0 })
      let differing = 0
      let marked = 0
      for (let i = 0; i < features.length; i++) {
        const mirrored = Math.floor(i / size) * size + size - 1 - (i % size)
        if (i / size > 0.85 * size) continue
        marked += features[i]
        differing += features[i] === features[mirrored] ? 0 : 1
      }
      expect(marked).toBeGreaterThan(1000)
      expect(differing).toBeLessThan(0.02 * marked)
    })
  },
)
