import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { vertexNormals } from '../../../../client/capture/mesh/normals.ts'
import type { Mesh } from '../../../../client/face/types.ts'
import { psnr } from '../../../../client/image/measure.ts'
import { faceGlb } from '../../../../client/result/glb.ts'
import { texturePng } from '../../../../client/result/png.ts'
import { scan } from '../../../evaluation/protocols/scan.ts'
import { roomToTurn } from '../../../evaluation/room-to-turn.ts'
import { samplesOf } from '../../../evaluation/samples.ts'
import { referenceOf } from '../../../evaluation/score.ts'
import type { Case, Sample } from '../../../evaluation/types.ts'
import { sphere, waves } from '../../capture/sphere.ts'
import { casesOf, sum, temporaryFolder } from './support.ts'

const size = 64

/** A ball for a head, of 8 cm, on one of 20 cm for shoulders: 56 cm high. The head has the upper half of the texture. */
function bust(): Mesh {
  const head = sphere()
  const vertices = head.positions.length / 3
  const joined = (a: Float32Array, b: Float32Array) => Float32Array.from([...a, ...b])
  const positions = joined(
    head.positions.map((value, k) => value + (k % 3 === 1 ? 10 : 0)),
    head.positions.map((value, k) => 2.5 * value - (k % 3 === 1 ? 18 : 0)),
  )
  const uv = joined(
    head.uv.map((value, k) => (k % 2 ? value / 2 : value)),
    head.uv.map((value, k) => (k % 2 ? 0.5 + value / 2 : value)),
  )
  const triangles = Uint32Array.from([...head.triangles, ...head.triangles.map((v) => v + vertices)])
  return { positions, uv, triangles, normals: vertexNormals(positions, triangles) }
}

async function scanOf(mesh: Mesh): Promise<Sample> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'head.glb'), await faceGlb({ mesh, png: await texturePng(waves(256), 256) }))
  const { samples } = await samplesOf('scan', { gt: folder })
  return samples[0]
}

describe('a scan', () => {
  it('is photographed from each angle with its own mesh and camera', async () => {
    const cases = (await casesOf(scan, await scanOf(sphere()), { angles: [35, -35] })) as Case[]
    expect(cases.map(({ view, yaw }) => [view, yaw])).toEqual([
      ['yaw 35', 35],
      ['yaw -35', -35],
    ])
    for (const solved of cases) {
      const { capture, truth, yaw } = solved
      expect(solved).toMatchObject({ protocol: 'scan', mesh: 'true', sample: { name: 'head' } })
      expect(capture.symmetric).toBe(false)
      const { whole, visible, invisible, unseen } = truth!.regions
      // Nothing is known of another side's likeness in a foreign layout.
      expect(unseen).toBeUndefined()
      const known = (u: number) => whole![32 * size + Math.floor(u * size)]
      // What is seen from 60 degrees to either side; not the back.
      expect([0.02, 0.25, 0.5, 0.75, 0.98].map(known)).toEqual([0, 1, 1, 1, 0])
      expect(sum(visible) + sum(invisible)).toBeLessThan(sum(whole))
      expect(sum(visible)).toBeGreaterThan(0.4 * sum(whole))
      // What looks to the image's right hides its right half.
      const middle = (mask: Uint8Array | undefined) =>
        mask!.reduce((total, value, i) => total + value * ((i % size) + 0.5 - size / 2), 0) / sum(mask)
      expect(middle(invisible) * Math.sign(yaw!)).toBeGreaterThan(5)
      expect(middle(visible) * Math.sign(yaw!)).toBeLessThan(-2)
      expect(psnr(capture.content, truth!.texture, 3, visible)).toBeGreaterThan(32)
      expect(psnr(capture.content, truth!.texture, 3, invisible)).toBeLessThan(20)
      // Eyes and mouth of a foreign mesh are not known.
      expect((await referenceOf(solved)).identity).toBeNull()
    }
    // Each under a light of its own.
    expect(cases[0].truth!.texture).not.toEqual(cases[1].truth!.texture)
    expect(psnr(cases[0].truth!.texture, cases[1].truth!.texture, 3)).toBeGreaterThan(12)
  })

  it('is framed by the head, not by the shoulders', async () => {
    const [solved] = (await casesOf(scan, await scanOf(bust()))) as Case[]
    const { mesh, quality } = solved.capture
    const top = mesh.positions.reduce((m, value, k) => (k % 3 === 1 ? Math.max(m, value) : m), -Infinity)
    const head = Float32Array.from(
      [...mesh.positions].filter((_, k, all) => all[3 * Math.floor(k / 3) + 1] > top - 26),
    )
    const diameter = (positions: Float32Array) => {
      const room = roomToTurn(positions)
      return room[3] - room[0]
    }
    const pixelsPerCentimetre = quality.interOcular / 9
    expect((0.9 * 3 * size) / pixelsPerCentimetre).toBeCloseTo(diameter(head), 2)
    expect(diameter(head)).toBeLessThan(diameter(mesh.positions) - 10)
    // So is what is looked at of the results.
    const { views } = await referenceOf(solved)
    for (const { camera } of views) {
      const scale = Math.hypot(...camera.matrix.subarray(4, 7))
      expect((0.9 * 2 * size) / scale).toBeCloseTo(diameter(head), 2)
    }
  })

  it('needs a GLB', async () => {
    await expect(samplesOf('scan', { gt: temporaryFolder() })).rejects.toThrow(/holds no \.glb/)
  })
})

const real = new URL('../../../../../shared/gt', import.meta.url).pathname
describe.skipIf(!existsSync(real))('a real scan (needs one beside the project)', () => {
  let solved: Case
  beforeAll(async () => {
    const { samples } = await samplesOf('scan', { gt: real })
    ;[solved] = (await casesOf(scan, samples[0])) as Case[]
  }, 60_000)

  it('is known where a face is, and given back where it is seen', () => {
    const { texture, regions } = solved.truth!
    const share = sum(regions.whole) / sum(solved.capture.coverage)
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.8)
    expect(sum(regions.invisible)).toBeGreaterThan(0.15 * sum(regions.whole))
    expect(psnr(solved.capture.content, texture, 3, regions.visible)).toBeGreaterThan(28)
    const { positions, uv } = solved.capture.mesh
    let tip = 0
    for (let v = 0; v < positions.length / 3; v++) if (positions[3 * v + 2] > positions[3 * tip + 2]) tip = v
    expect(regions.whole![Math.floor(uv[2 * tip + 1] * size) * size + Math.floor(uv[2 * tip] * size)]).toBe(1)
  })
})
