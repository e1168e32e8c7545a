import { describe, expect, it } from 'vitest'
import { poseCamera, project } from '../../../../client/capture/mesh/camera.ts'
import { vertexNormals } from '../../../../client/capture/mesh/normals.ts'
import { turnRotation } from '../../../../client/capture/mesh/render.ts'
import { cropAround, rasterizeCrop } from '../../../../client/capture/unwrap/view.ts'
import { sideRange, squarely, visibility } from '../../../../client/capture/unwrap/visibility.ts'
import { smoothstep } from '../../../../client/image/smoothstep.ts'

/** A wall at z = 0, 20 cm wide, and before its right half a smaller one at z = `gap`, both facing the viewer. */
function folded(gap: number) {
  const wall = (left: number, right: number, z: number) => [
    left,
    -10,
    z,
    right,
    -10,
    z,
    right,
    10,
    z,
    left,
    10,
    z,
  ]
  const positions = Float32Array.from([...wall(-10, 10, 0), ...wall(2, 8, gap)])
  const triangles = Uint32Array.from([0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7])
  return { positions, triangles, normals: vertexNormals(positions, triangles), uv: new Float32Array(16) }
}

function seen(gap: number, points: number[][], yaw = 0) {
  const mesh = folded(gap)
  const camera = poseCamera({ rotation: turnRotation({ yaw }), scale: 10, translation: [200, -200] })
  const screen = project(mesh.positions, camera)
  const crop = cropAround(screen, 256)
  const positions = Float32Array.from(points.flat())
  const surface = {
    coverage: new Uint8Array(points.length).fill(1),
    positions,
    normals: Float32Array.from(points.flatMap(() => [0, 0, 1])),
    screen: project(positions, camera),
  }
  return visibility(surface, camera, rasterizeCrop(screen, mesh, crop), crop, 60)
}

describe('visibility', () => {
  const behind = [5, 0, 0]
  const beside = [-5, 0, 0]

  it('hides what lies behind a fold', () => {
    expect([...seen(3, [behind, beside, [5, 0, 3]])]).toEqual([0, 1, 1])
  })

  it('tolerates depths that differ by a trifle', () => {
    expect([...seen(0.1, [behind, beside])]).toEqual([1, 1])
  })

  it('asks for a squarer view of the sides of small faces, whose pixels would be streaks', () => {
    expect(sideRange(250)).toEqual(squarely)
    const [small, between] = [sideRange(60), sideRange(140)]
    expect(small.from).toBeGreaterThan(between.from)
    expect(between.from).toBeGreaterThan(squarely.from)
    expect(small.to).toBeGreaterThan(small.from + 0.25)
  })

  it('falls from full weight to none with the angle', () => {
    const at = (yaw: number) => smoothstep(squarely.from, squarely.to, seen(0.01, [beside], yaw)[0])
    expect(at(50)).toBe(1)
    expect(at(68)).toBeGreaterThan(0.2)
    expect(at(68)).toBeLessThan(0.8)
    expect(at(80)).toBe(0)
    expect(seen(0.01, [beside], 50)[0]).toBeCloseTo(Math.cos((50 * Math.PI) / 180), 6)
    expect(seen(0.01, [beside], 88)[0]).toBe(0)
  })
})
