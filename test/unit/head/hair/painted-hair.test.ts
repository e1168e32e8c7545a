import { beforeAll, describe, expect, test } from 'vitest'
import { captureMesh } from '../../../../client/capture/capture.ts'
import { poseCamera } from '../../../../client/capture/mesh/camera.ts'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { Evidence } from '../../../../client/face/evidence.ts'
import type { HairColour } from '../../../../client/head/hair/hair-colour.ts'
import { usualHair } from '../../../../client/head/hair/painted-hairline.ts'
import { headMesh } from '../../../../client/head/head-mesh.ts'
import { type HairPaint, paintHead } from '../../../../client/head/paint-head.ts'
import { restAttribute } from '../../../../client/head/rest-attribute.ts'
import { headSight } from '../../../../client/head/sight.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { hood } from '../hood.ts'

const [side, size] = [400, 128]
const skin = [205, 150, 120]
const hair = [60, 40, 20]
/** Nodded by 60 degrees: the camera sees the top of the hood. */
const [c, s] = [Math.cos(Math.PI / 3), Math.sin(Math.PI / 3)]
const rotation = Float64Array.of(1, 0, 0, 0, c, -s, 0, s, c)

/** @param streaks every other 8 columns are so many times as bright */
function photoOf(colour: readonly number[], streaks = 1): Photo {
  const data = Uint8ClampedArray.from({ length: 4 * side * side }, (_, k) =>
    k % 4 === 3 ? 255 : colour[k % 4] * (Math.floor(k / 32) % 2 ? streaks : 1),
  )
  return { width: side, height: side, data }
}

const of = (colour: readonly number[]): HairColour | null => {
  if (colour === skin) return null
  const [red, green, blue] = colour.map((value) => Math.log(value + 8))
  return { middle: [red, green, blue], spread: 0.5, shades: [[red, green, blue]] }
}

/** A face of skin, and all else in that colour. */
async function scene(colour: readonly number[], streaks?: number) {
  const canonical = await canonicalFace(diskStore())
  const face = faceMesh(canonical.pos, canonical)
  const camera = poseCamera({ rotation, scale: 10, translation: [side / 2, -side / 2] })
  const capture = captureMesh(photoOf(skin), face, camera, { size })
  const model = hood(canonical)
  const head = headMesh(model, face, canonical)
  const sight = headSight(head, capture, photoOf(colour, streaks), {}, size, of(colour))
  const above = restAttribute(head, sight.layout, usualHair(model).above)
  const paint = (use: HairPaint['hair']) =>
    paintHead(head, capture, sight, model, { hair: use, straight: null })
  return { paint, sight, above }
}

let haired: Awaited<ReturnType<typeof scene>>
beforeAll(async () => {
  haired = await scene(hair)
})

/** Mean red, 0..255, of the texels that are wanted. */
function red(texture: Float32Array, wanted: (i: number) => boolean): number {
  let sum = 0
  let count = 0
  for (let i = 0; 3 * i < texture.length; i++) {
    if (!wanted(i)) continue
    sum += 255 * texture[3 * i]
    count++
  }
  expect(count).toBeGreaterThan(20)
  return sum / count
}
const on = (i: number) => haired.sight.unwrap.coverage[i] === 1
const seen = (i: number) => haired.sight.unwrap.weight[i] > 0.8
const unseen = (i: number) => haired.sight.unwrap.weight[i] === 0

describe('painted hair', () => {
  test('covers the scalp, seen or not, and ends at the nape', () => {
    const { texture } = haired.paint('shown')
    const { above } = haired
    expect(red(texture, (i) => on(i) && above[i] > 3 && seen(i))).toBeLessThan(80)
    expect(red(texture, (i) => on(i) && above[i] > 3 && unseen(i))).toBeLessThan(100)
    expect(red(texture, (i) => on(i) && above[i] < -2.5)).toBeGreaterThan(150)
  })

  test('is the photo’s own where it is seen, and invented where it is not', () => {
    const { evidence } = haired.paint('shown')
    let own = 0
    for (let i = 0; i < evidence.length; i++) {
      if (evidence[i] === Evidence.own) own++
      if (evidence[i] === Evidence.own) expect(haired.sight.unwrap.weight[i]).toBeGreaterThan(0)
      if (!on(i)) expect(evidence[i]).toBe(Evidence.none)
    }
    expect(own).toBeGreaterThan(100)
  })

  test('is darker below other hair, and is not there where none is wanted', () => {
    const [shown, below, none] = (['shown', 'below', 'none'] as const).map((use) => haired.paint(use).texture)
    const hidden = (i: number) => on(i) && haired.above[i] > 3 && unseen(i)
    expect(red(below, hidden)).toBeLessThan(0.9 * red(shown, hidden))
    expect(red(none, hidden)).toBeGreaterThan(150)
  })

  test('has strands as strong as those that are seen', async () => {
    const streaky = await scene(hair, 0.5)
    const hidden = (i: number) => on(i) && haired.above[i] > 4 && unseen(i)
    /** Mean difference between neighbours, as a share of their brightness. */
    const step = ({ paint }: typeof haired) => {
      const { texture } = paint('shown')
      const at = Array.from(haired.above, (_, i) => i)
        .filter((i) => hidden(i) && hidden(i + 1))
        .map((i) => Math.abs(texture[3 * i] - texture[3 * i + 3]) / (texture[3 * i] + texture[3 * i + 3]))
      return at.reduce((sum, value) => sum + value, 0) / at.length
    }
    const [plain, strong] = [step(haired), step(streaky)]
    expect(strong).toBeGreaterThan(1.5 * plain)
  })

  test('is not painted on a bald head', async () => {
    const { paint } = await scene(skin)
    expect(paint('shown').texture).toEqual(paint('none').texture)
  })
})
