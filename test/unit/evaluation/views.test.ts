import { describe, expect, it } from 'vitest'
import { turnRotation } from '../../../client/capture/mesh/render.ts'
import type { Mesh } from '../../../client/face/types.ts'
import { psnr } from '../../../client/image/measure.ts'
import { captureKnown, type KnownFace, photograph } from '../../evaluation/known-face.ts'
import { regionsOf } from '../../evaluation/regions.ts'
import { referenceOf, score } from '../../evaluation/score.ts'
import type { Case } from '../../evaluation/types.ts'
import { broughtOnto, pictureOf, viewsOf } from '../../evaluation/views.ts'
import { sphere, waves } from '../capture/sphere.ts'
import { sum } from './protocols/support.ts'

const size = 64
const ball = sphere()
const texture = waves(size)
const everywhere = new Uint8Array(size * size).fill(1)
const face: KnownFace = {
  ...{ mesh: ball, size, texture, features: null, known: everywhere },
  normals: new Float32Array(3 * size * size),
}
const shot = photograph(face, { yaw: 35 }, 1)

function caseOf(mesh: Mesh, known = everywhere): Case {
  const capture = captureKnown(shot, face, mesh)
  return {
    ...{ protocol: 'scan', view: 'yaw 35', yaw: 35, mesh: 'true', capture },
    sample: { name: 'ball', subject: 'ball', path: '' },
    truth: { mesh: ball, texture, regions: regionsOf(capture, known) },
  }
}

/** Turned, enlarged and elsewhere. */
const rotation = turnRotation({ yaw: 40, pitch: -25, roll: 10 })
const elsewhere: Mesh = {
  ...ball,
  positions: ball.positions.map((_, k, all) => {
    const [v, row] = [k - (k % 3), 3 * (k % 3)]
    return (
      1.7 * (rotation[row] * all[v] + rotation[row + 1] * all[v + 1] + rotation[row + 2] * all[v + 2]) + 5
    )
  }),
}

describe('views', () => {
  it('show the truth from the front and from the side that is hidden', () => {
    const views = viewsOf(caseOf(ball), -30)
    expect(views.map(({ region, yaw }) => [region, yaw])).toEqual([
      ['frontal', 0],
      ['turned', -30],
    ])
    for (const view of views) {
      const { picture, scored } = view.truth!
      expect(pictureOf(view, texture)).toEqual(picture)
      // The circle that the ball is, without the pixels of its rim.
      expect(sum(scored!) / size ** 2).toBeGreaterThan(0.55)
      expect(sum(scored!) / size ** 2).toBeLessThan((Math.PI / 4) * 0.9 ** 2)
    }
    expect(psnr(views[0].truth!.picture, views[1].truth!.picture, 3)).toBeLessThan(20)
  })

  it('score the pixels whose texels are known', () => {
    const left = everywhere.map((_, i) => (i % size < size / 2 ? 1 : 0))
    const [frontal, turned] = viewsOf(caseOf(ball, left), -30).map(({ truth }) => truth!.scored!)
    const columns = (mask: Uint8Array) => [...mask].flatMap((value, i) => (value ? [i % size] : []))
    expect(Math.max(...columns(frontal))).toBeLessThan(size / 2)
    expect(Math.max(...columns(frontal))).toBeGreaterThan(size / 2 - 3)
    // Turned to the image's left, the ball's left half goes out of sight.
    expect(sum(turned)).toBeLessThan(0.7 * sum(frontal))
    const [none] = viewsOf(caseOf(ball, new Uint8Array(size * size)), -30)
    expect(none.truth!.scored).toBeNull()
  })

  it('bring the meshes together, wherever the result has its own', () => {
    const { positions } = broughtOnto(elsewhere, ball)
    for (const [k, value] of ball.positions.entries()) expect(positions[k]).toBeCloseTo(value, 3)
    for (const view of viewsOf(
      { ...caseOf(ball), capture: { ...caseOf(ball).capture, mesh: elsewhere } },
      30,
    ))
      expect(psnr(pictureOf(view, texture), view.truth!.picture, 3, view.truth!.scored!)).toBeGreaterThan(45)
  })

  it('forgive a landmark that is elsewhere on the face where it does not show', async () => {
    // Vertices slide along the ball; the texture follows them, so that the ball looks the same.
    const slide = (u: number) => u + 0.02 * Math.sin(6 * Math.PI * u)
    const slid: Mesh = {
      ...ball,
      positions: Float32Array.from(ball.positions, (_, k) => {
        const v = Math.floor(k / 3)
        const longitude = (slide(ball.uv[2 * v]) - 0.5) * 2 * Math.PI
        const latitude = (0.5 - ball.uv[2 * v + 1]) * Math.PI
        const level = 8 * Math.cos(latitude)
        return [level * Math.sin(longitude), 8 * Math.sin(latitude), level * Math.cos(longitude)][k % 3]
      }),
    }
    const following = Float32Array.from(texture, (_, k) => {
      const i = Math.floor(k / 3)
      const [u, v, c] = [slide(((i % size) + 0.5) / size), (Math.floor(i / size) + 0.5) / size, k % 3]
      return 0.5 + 0.3 * Math.sin(30 * u + c) * Math.cos(20 * v + 2 * c)
    })
    const solved = caseOf(ball)
    const own = { ...solved, capture: { ...solved.capture, mesh: slid } }
    const scores = await score(own, await referenceOf(own), following, null)
    const of = (region: string) => scores.find((one) => one.region === region)!
    expect(of('frontal').psnr).toBeGreaterThan(of('whole').psnr! + 8)
    expect(of('turned').psnr).toBeGreaterThan(of('whole').psnr! + 8)
    expect(of('frontal').ssim).toBeGreaterThan(0.97)
    // The same texture where the vertices have not moved looks wrong.
    const wrong = await score(solved, await referenceOf(solved), following, null)
    expect(wrong.find(({ region }) => region === 'frontal')!.psnr).toBeLessThan(of('frontal').psnr! - 8)
  })

  it('show the result on its own mesh where there is no truth', () => {
    const views = viewsOf({ ...caseOf(elsewhere), truth: null }, 30)
    expect(views.map(({ truth, mesh }) => [truth, mesh])).toEqual([
      [null, elsewhere],
      [null, elsewhere],
    ])
  })
})
