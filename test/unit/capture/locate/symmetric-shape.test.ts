import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { anglesOf, poseOf, shapeOf, similarity } from '../../../../client/capture/locate/pose.ts'
import { symmetricShape } from '../../../../client/capture/locate/symmetric-shape.ts'
import { poseCamera, project } from '../../../../client/capture/mesh/camera.ts'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { turnRotation } from '../../../../client/capture/mesh/render.ts'
import type { Pose } from '../../../../client/face/types.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'the shape by symmetry (needs npm run models)',
  () => {
    let canonical: CanonicalFace
    /** Another person: wider, with a longer nose and deeper cheeks. 468 x 3. */
    let person: Float32Array

    beforeAll(async () => {
      canonical = await canonicalFace(diskStore())
      person = Float32Array.from(canonical.pos, (value, k) => {
        const [x, y] = [canonical.pos[k - (k % 3)], canonical.pos[k - (k % 3) + 1]]
        if (k % 3 === 0) return 1.06 * value
        return k % 3 === 1 ? value : value + 0.8 * Math.exp(-(x * x + y * y) / 4) - 0.02 * x * x
      })
    })

    const poseAt = (yaw: number): Pose => {
      const rotation = turnRotation({ yaw, pitch: 5, roll: 3 })
      return { rotation, scale: 20, translation: [300, -280], ...anglesOf(rotation) }
    }
    /** Landmarks of the turned person; a network that takes faces for flatter says `depth` of their depth. */
    const landmarksAt = (yaw: number, depth: number): Float32Array => {
      const screen = project(person, poseCamera(poseAt(yaw)))
      return Float32Array.from({ length: 3 * 468 }, (_, k) => {
        const value = screen[4 * Math.floor(k / 3) + (k % 3)]
        return k % 3 === 2 ? depth * value : value
      })
    }
    /** Root mean square, centimetres, after the best similarity transform. */
    const errorOf = (shape: Float32Array) => {
      const { rotation: r, scale, translation } = similarity(shape, person, new Uint8Array(468).fill(1))
      let sum = 0
      for (let k = 0; k < shape.length; k++) {
        const [v, row] = [k - (k % 3), 3 * (k % 3)]
        const turned = r[row] * shape[v] + r[row + 1] * shape[v + 1] + r[row + 2] * shape[v + 2]
        sum += (scale * turned + translation[k % 3] - person[k]) ** 2
      }
      return Math.sqrt(sum / 468)
    }

    it.each([35, -35, 20])(
      'finds yaw and depth again that the network took for flat, at %d degrees',
      (yaw) => {
        const points = landmarksAt(yaw, 0.7)
        const start = poseOf(points, canonical)
        const { pose, shape } = symmetricShape(points, start, canonical)
        expect(Math.abs(start.yaw - yaw)).toBeGreaterThan(3)
        expect(Math.abs(pose.yaw - yaw)).toBeLessThan(0.6 * Math.abs(start.yaw - yaw))
        expect(errorOf(shape)).toBeLessThan(0.7 * errorOf(shapeOf(points, start)))
      },
    )

    it('keeps the landmarks that face the viewer where they are in the photo', () => {
      const points = landmarksAt(35, 0.7)
      // An asymmetric face: a corner of the mouth (near side) lies lower.
      points[3 * 61 + 1] += 8
      const { pose, shape } = symmetricShape(points, poseOf(points, canonical), canonical)
      const screen = project(shape, poseCamera(pose))
      for (const v of [61, 4, 33, 133, 1, 199, 10, 50])
        for (const axis of [0, 1]) expect(screen[4 * v + axis]).toBeCloseTo(points[3 * v + axis], 3)
    })

    it.each([35, -35])('dents no jaw where the network slid it along the outline, at %d degrees', (yaw) => {
      const points = landmarksAt(yaw, 0.8)
      // Of the outline's lower half, on the far side: 0.8 cm.
      const jaw = [365, 379, 378, 400].map((v) => (yaw > 0 ? v : canonical.mirror[v]))
      for (const v of jaw) points[3 * v] -= Math.sign(yaw) * 16
      const { shape } = symmetricShape(points, poseOf(points, canonical), canonical)
      for (const v of jaw) {
        const partner = canonical.mirror[v]
        expect(Math.abs(shape[3 * v] + shape[3 * partner])).toBeLessThan(0.15)
      }
    })

    it('gives the mirrored face the mirrored shape', () => {
      const points = landmarksAt(35, 0.8)
      const mirrored = Float32Array.from(points, (_, k) => {
        const value = points[3 * canonical.mirror[Math.floor(k / 3)] + (k % 3)]
        return k % 3 === 0 ? 600 - value : value
      })
      const direct = symmetricShape(points, poseOf(points, canonical), canonical)
      const other = symmetricShape(mirrored, poseOf(mirrored, canonical), canonical)
      expect(other.pose.yaw).toBeCloseTo(-direct.pose.yaw, 1)
      for (let v = 0; v < 468; v++) {
        const partner = canonical.mirror[v]
        expect(other.shape[3 * v]).toBeCloseTo(-direct.shape[3 * partner], 1)
        expect(other.shape[3 * v + 2]).toBeCloseTo(direct.shape[3 * partner + 2], 1)
      }
    })
  },
)
