import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { innerLips } from '../../../client/face/contours.ts'
import { rimVertices } from '../../../client/head/face-rim.ts'
import { type HeadMesh, headMesh } from '../../../client/head/head-mesh.ts'
import { closeNeck, type Ending, endingChart, neckEnd } from '../../../client/head/neck-end.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

const size = 128
const columns = 2 * rimVertices
let head: HeadMesh
const skin = new Float32Array(3 * size * size).fill(0.7)

beforeAll(async () => {
  const canonical = await canonicalFace(diskStore())
  head = headMesh(hood(canonical), faceMesh(parted(canonical), canonical), canonical)
})

/** The canonical face with parted lips: closed, upper and lower one would lie at the same places. */
function parted({ pos }: CanonicalFace): Float32Array {
  const opened = Float32Array.from(pos)
  for (const lower of innerLips.slice(innerLips.length / 2 + 1)) opened[3 * lower + 1] -= 0.3
  return opened
}

/** Two rows behind the hood's end and a point, white, red and black. */
function cone(): Ending {
  const end = neckEnd(head).flatMap((v) => [...head.positions.subarray(3 * v, 3 * v + 3)])
  const drawn = (share: number, back: number) =>
    end.map((value, i) => (i % 3 === 2 ? value - back : share * value))
  const filled = (count: number, colour: number[]) =>
    Array.from({ length: 3 * count }, (_, i) => colour[i % 3])
  return {
    positions: Float32Array.from([...drawn(0.8, 1), ...drawn(0.4, 2), 0, 0, -25]),
    colours: Float32Array.from([...filled(columns, [1, 1, 1]), ...filled(columns, [1, 0, 0]), 0, 0, 0]),
    grain: 0,
  }
}

/** How often a welded mesh has each edge, without regard to its direction; degenerate triangles do not count. */
function edgeCounts({ triangles, place }: HeadMesh): Map<string, number> {
  const counts = new Map<string, number>()
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((k) => place[triangles[t + k]])
    for (const [k, a] of corners.entries()) {
      const b = corners[(k + 1) % 3]
      const key = a < b ? `${a} ${b}` : `${b} ${a}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts
}

describe('closeNeck', () => {
  test('closes the head: every edge has two triangles', () => {
    const open = [...edgeCounts(head).values()].filter((count) => count !== 2)
    expect(open).toHaveLength(columns)
    const { mesh } = closeNeck(head, skin, cone())
    expect([...edgeCounts(mesh).values()].filter((count) => count !== 2)).toEqual([])
  })

  test('what is new faces outwards, comes last, and leaves all else as it was', () => {
    const { mesh } = closeNeck(head, skin, cone())
    expect(mesh.positions.subarray(0, head.positions.length)).toEqual(head.positions)
    expect(mesh.uv.subarray(0, head.uv.length)).toEqual(head.uv)
    expect(mesh.triangles.subarray(0, head.triangles.length)).toEqual(head.triangles)
    for (let v = head.positions.length / 3; 3 * v < mesh.positions.length; v++) {
      const outwards = [0, 1, 2].map((c) => mesh.positions[3 * v + c] - (c === 2 ? -15 : 0))
      const along = outwards.reduce((sum, value, c) => sum + value * mesh.normals[3 * v + c], 0)
      expect(along).toBeGreaterThan(0)
    }
    for (const list of [mesh.openness, mesh.place]) expect(list).toHaveLength(mesh.positions.length / 3)
  })

  test('lies in its chart, and is painted there only, row by row', () => {
    const { mesh, texture } = closeNeck(head, skin, cone())
    const { left, top, width, height } = endingChart
    for (let v = head.positions.length / 3; 3 * v < mesh.positions.length; v++) {
      const [u, w] = [2 * mesh.uv[2 * v] - 1, mesh.uv[2 * v + 1]]
      expect(u).toBeGreaterThan(left - 1e-6)
      expect(u).toBeLessThan(left + width + 1e-6)
      expect(w).toBeGreaterThan(top - 1e-6)
      expect(w).toBeLessThan(top + height + 1e-6)
    }
    const at = (u: number, v: number) => {
      const texel = Math.floor(v * size) * size + Math.floor(u * size)
      return [...texture.subarray(3 * texel, 3 * texel + 3)]
    }
    // The rows are 1.2 cm of the chart apart, so each takes a third.
    expect(at(left + width / 2, top + 0.1 * height)).toEqual([1, 1, 1])
    const [red, green] = at(left + width / 2, top + (2 / 3) * height)
    expect(red).toBeGreaterThan(0.9)
    expect(green).toBeLessThan(0.2)
    expect(Math.max(...at(left + width / 2, top + 0.99 * height))).toBeLessThan(0.2)
    for (const [u, v] of [
      [left - 0.02, top],
      [left + width + 0.02, top + height / 2],
      [0.5, top + height + 0.02],
    ])
      for (const value of at(u, v)) expect(value).toBeCloseTo(0.7, 6)
  })

  test('takes only rows as long as the end of the neck', () => {
    const { positions, ...rest } = cone()
    const short = { ...rest, positions: positions.subarray(3) }
    expect(() => closeNeck(head, skin, short)).toThrow(`${columns} points in each row`)
  })
})
