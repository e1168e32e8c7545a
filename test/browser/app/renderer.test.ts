import { expect, test } from 'vitest'
import type { Hair } from '../../../client/app/viewer/drawing.ts'
import { sourceColours } from '../../../client/app/viewer/evidence-colours.ts'
import type { Pose } from '../../../client/app/viewer/pose.ts'
import { FaceRenderer } from '../../../client/app/viewer/renderer.ts'
import { Evidence } from '../../../client/face/evidence.ts'
import { simpleMovement } from '../../support/movement.ts'
import { movingDome } from '../../support/moving-dome.ts'
import { dome } from '../../unit/result/synthetic.ts'

/** RGBA of a pixel of a picture; default: the middle. */
function pixelOf(bitmap: ImageBitmap, x = bitmap.width >> 1, y = bitmap.height >> 1): number[] {
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return [...context.getImageData(x, y, 1, 1).data]
}

test('from behind one sees the inside as the same skin in less light, lit or not', () => {
  const skin = [200, 140, 110]
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), false)
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(...skin, 255) })
  const seen = (azimuth: number, light: number | null) =>
    pixelOf(renderer.fromOrbit(1, 64, 64, { azimuth, elevation: 0, zoom: 1, light }))
  expect(seen(0, null)).toEqual([...skin, 255])
  for (const light of [null, 40]) {
    for (const azimuth of [2.4, Math.PI]) {
      const inside = seen(azimuth, light)
      expect(inside[3]).toBe(255)
      for (const [c, level] of skin.entries()) {
        expect(inside[c] / level).toBeGreaterThan(0.5)
        expect(inside[c] / level).toBeLessThan(0.9)
      }
    }
  }
})

const front = { azimuth: 0, elevation: 0, zoom: 1 }

/** A square of 4 cm across, in front of a dome's middle, of which the texture shows the left half alone. */
function strip(red: number): Hair {
  const mesh = {
    positions: Float32Array.of(-2, 2, 9, 2, 2, 9, 2, -2, 9, -2, -2, 9),
    normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
    uv: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
    triangles: Uint32Array.of(0, 3, 1, 1, 3, 2),
  }
  const data = new Uint8ClampedArray(4 * 16 * 16).map((_, k) =>
    k % 4 === 3 ? (k % 64 < 32 ? 255 : 0) : k % 4 === 0 ? red : 0,
  )
  return { mesh, colours: new Float32Array(16).fill(1), texture: { size: 16, data } }
}

test('hair covers the skin where its texture is opaque, from both sides, until it is taken off', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(0, 0, 200, 255, 0, 0, 200, 255) })
  const at = (x: number, azimuth = 0, light: number | null = null) =>
    pixelOf(renderer.fromOrbit(1, 200, 200, { ...front, azimuth, light }), x, 100)
  renderer.setHair(strip(200))
  expect(at(95)).toEqual([200, 0, 0, 255])
  expect(at(105)).toEqual([0, 0, 200, 255])
  const [red, , blue, alpha] = at(95, 0, 30)
  expect([red > 60, blue, alpha]).toEqual([true, 0, 255])
  renderer.setHair(strip(100))
  expect(at(95)).toEqual([100, 0, 0, 255])
  renderer.setHair(null)
  expect(at(95)).toEqual([0, 0, 200, 255])
  // From behind, above the skin.
  const below = dome(1).positions.map((value, i) => (i % 3 === 1 ? value - 20 : value))
  renderer.setMesh({ ...dome(1), positions: below }, true)
  renderer.setHair(strip(200))
  const behind = renderer.fromOrbit(1, 200, 200, { azimuth: Math.PI, elevation: 0, zoom: 1 })
  const context = new OffscreenCanvas(200, 200).getContext('2d')!
  context.drawImage(behind, 0, 0)
  const reds = context.getImageData(0, 0, 200, 200).data.filter((value, k) => k % 4 === 0 && value === 200)
  expect(reds.length).toBeGreaterThan(0)
})

test('a head laid out flat is twice as wide as high, without its hair', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  const halves = Uint8ClampedArray.of(200, 0, 0, 255, 0, 200, 0, 255)
  renderer.addTexture(1, { size: 1, data: halves })
  renderer.setHair(strip(90))
  const flat = renderer.fromOrbit(1, 200, 200, { ...front, unfold: 1 })
  const [[red, , blue], [, green]] = [60, 140].map((x) => pixelOf(flat, x, 100))
  expect([red > 180, green > 180, blue]).toEqual([true, true, 0])
  expect(pixelOf(flat, 60, 30)[3]).toBe(0)
})

test('strands thin out at their edges: in part over the skin, in part over the stage, without a bright rim', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(0, 0, 200, 255, 0, 0, 200, 255) })
  const hair = strip(200)
  // Everywhere half as opaque as what is solid.
  hair.texture.data.forEach((_, k) => {
    if (k % 4 === 3) hair.texture.data[k] = 64
  })
  renderer.setHair(hair)
  const [red, , blue, alpha] = pixelOf(renderer.fromOrbit(1, 200, 200, front), 95, 100)
  expect(red).toBeGreaterThan(40)
  expect(red).toBeLessThan(180)
  expect(Math.abs(red + blue - 200)).toBeLessThan(3)
  expect(alpha).toBe(255)
  // Far above the skin: it is the hair's own colour, whatever its opacity.
  hair.mesh.positions = hair.mesh.positions.map((value, i) => (i % 3 === 1 ? value + 14 : value))
  renderer.setHair({ ...hair, mesh: { ...hair.mesh } })
  const seen = renderer.fromOrbit(1, 200, 200, front)
  const context = new OffscreenCanvas(200, 200).getContext('2d')!
  context.drawImage(seen, 0, 0)
  const { data } = context.getImageData(0, 0, 200, 200)
  const soft = [...data.keys()].filter((k) => k % 4 === 3 && data[k] > 60 && data[k] < 200)
  expect(soft.length).toBeGreaterThan(50)
  for (const k of soft.slice(0, 50)) expect(Math.abs(data[k - 3] - 200)).toBeLessThan(6)
})

test('in the studio’s light, skin that looks at the eye is about as bright, from wherever one looks', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), false)
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(180, 140, 120, 255) })
  const at = (light: number | null, x: number, azimuth = 0) =>
    pixelOf(renderer.fromOrbit(1, 200, 200, { ...front, azimuth, light }), x, 100)[1]
  for (const azimuth of [0, 0.6]) {
    const share = at(-40, 100, azimuth) / at(null, 100, azimuth)
    expect(Math.abs(share - 1)).toBeLessThan(0.12)
  }
  // From the left, and from the right.
  expect(at(-60, 70)).toBeGreaterThan(at(-60, 130) + 10)
  expect(at(60, 130)).toBeGreaterThan(at(60, 70) + 10)
})

test('evidence is drawn in the texture’s place, in no other light than its own; hair is made', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  const white = { size: 1, data: new Uint8ClampedArray(8).fill(255) }
  renderer.addTexture(1, white, Uint8Array.of(Evidence.own, Evidence.own))
  const at = (x: number, light: number | null = null) =>
    pixelOf(renderer.fromOrbit(1, 200, 200, { ...front, light }), x, 100).slice(0, 3)
  expect(at(100)).toEqual([...sourceColours.own])
  expect(at(100, 60)).toEqual([...sourceColours.own])
  const hair = strip(255)
  hair.texture.data.fill(255)
  renderer.setHair(hair)
  expect(at(95)).toEqual([...sourceColours.made])
})

test('what is being made glows where a view asks for it, under the hair', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  const skin = Uint8ClampedArray.of(100, 100, 100, 255, 100, 100, 100, 255)
  renderer.addTexture(1, { size: 1, data: skin })
  const at = (glow: number, x = 100) => pixelOf(renderer.fromOrbit(1, 200, 200, { ...front, glow }), x, 100)
  expect(at(1)).toEqual([100, 100, 100, 255])
  renderer.setComing(new Uint8Array(64 * 64).fill(Evidence.none))
  // The face has the left half of a head's texture.
  const [red, , blue, alpha] = at(1, 80)
  expect([red >= 100, blue > 160, alpha]).toEqual([true, true, 255])
  expect(at(0.5, 80)[2]).toBeLessThan(blue)
  expect(at(0, 80)).toEqual([100, 100, 100, 255])
  expect(at(1, 150)).toEqual([100, 100, 100, 255])
  renderer.setHair(strip(200))
  expect(at(1, 95)).toEqual([200, 0, 0, 255])
  renderer.setHair(null)
  renderer.setComing(new Uint8Array(64 * 64).fill(Evidence.own))
  expect(at(1, 80)).toEqual([100, 100, 100, 255])
})

test('a texture fades in over another, in the studio’s light as well', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), false)
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(200, 200, 200, 255) })
  renderer.addTexture(2, { size: 1, data: Uint8ClampedArray.of(80, 80, 80, 255) })
  for (const light of [null, -40]) {
    const at = (key: number, under: number | null) => {
      const fading = under === null ? null : { key: 2, share: under }
      return pixelOf(renderer.fromOrbit(key, 200, 200, { ...front, light }, fading))
    }
    const [made, before] = [at(1, null), at(2, null)]
    expect(Math.abs(at(1, 1)[0] - before[0])).toBeLessThanOrEqual(1)
    const half = at(1, 0.5)
    expect(half[0]).toBeLessThan(made[0] - 10)
    expect(half[0]).toBeGreaterThan(before[0] + 10)
    expect(half[3]).toBe(255)
    expect(at(1, 0)).toEqual(made)
  }
})

/** All pixels of a picture, RGBA. */
function pixelsOf(bitmap: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data
}

/** Rows and columns in which two pictures of 200 x 200 differ; null: none. */
function differing(a: Uint8ClampedArray, b: Uint8ClampedArray) {
  const places = [...a.keys()].filter((k) => a[k] !== b[k]).map((k) => k >> 2)
  if (places.length === 0) return null
  const rows = places.map((place) => Math.floor(place / 200))
  const columns = places.map((place) => place % 200)
  const range = (values: number[]) => [Math.min(...values), Math.max(...values)]
  return { rows: range(rows), columns: range(columns) }
}

const straight = [1, 0, 0, 0, 1, 0, 0, 0, 1]
const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)]
const aside = [cos, 0, sin, 0, 1, 0, -sin, 0, cos]

test('an expression moves what it moves and shows the mouth behind it, a turn the head without its bust', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  const stripes = new Uint8ClampedArray(4 * 64 * 32).map((_, k) =>
    k % 4 === 3 ? 255 : k % 4 === 1 ? 0 : ((k >> 2) % 4) * 60 + 20,
  )
  renderer.addTexture(1, { size: 32, data: stripes })
  renderer.setMovement(movingDome())
  const seen = (pose: Pose | null, light: number | null = null) =>
    pixelsOf(renderer.fromOrbit(1, 200, 200, { ...front, pose, light }))
  const rest = seen(null)
  const at = (picture: Uint8ClampedArray, x: number, y: number) =>
    picture.slice(4 * (200 * y + x), 4 * (200 * y + x) + 3)

  const open = seen({ weights: { jawOpen: 1 } })
  expect([...at(open, 100, 100)]).toEqual([0, 200, 0])
  const { rows, columns } = differing(open, rest)!
  for (const range of [rows, columns]) {
    expect(range[0]).toBeGreaterThan(60)
    expect(range[1]).toBeLessThan(140)
  }
  const lit = at(seen({ weights: { jawOpen: 1 } }, 20), 100, 100)
  expect(lit[1]).toBeGreaterThan(100)

  const turned = seen({ weights: {}, turn: { neck: straight, head: aside } })
  const differs = differing(turned, rest)!
  expect(differs.rows[0]).toBeLessThan(50)
  // Above where its upper half begins to turn, which is the row of vertices below 4 cm.
  expect(differs.rows[1]).toBeLessThan(90)

  // The studio’s light stays where it is; the head turns towards it, or away.
  const brightness = (picture: Uint8ClampedArray) => at(picture, 100, 50)[0]
  renderer.addTexture(2, { size: 1, data: Uint8ClampedArray.of(180, 180, 180, 255, 180, 180, 180, 255) })
  const litFrom = (light: number, turn?: Pose['turn']) =>
    pixelsOf(renderer.fromOrbit(2, 200, 200, { ...front, light, pose: { weights: {}, turn } }))
  const towards = { neck: straight, head: aside }
  expect(brightness(litFrom(60, towards))).toBeGreaterThan(brightness(litFrom(60)) + 5)
  expect(brightness(litFrom(-60, towards))).toBeLessThan(brightness(litFrom(-60)) - 5)

  expect(differing(seen({ weights: { jawOpen: 0 } }), rest)).toBeNull()
  expect(differing(seen(null), rest)).toBeNull()
  // Another mesh has no movement until it is set.
  renderer.setMesh(dome(12), true)
  expect(differing(seen({ weights: { jawOpen: 1 } }), rest)).toBeNull()
})

test('hair goes with its head, and rests where nothing moves it', () => {
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12), true)
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(0, 0, 200, 255, 0, 0, 200, 255) })
  const hair = strip(200)
  const reds = (pose: Pose | null) => {
    const picture = pixelsOf(renderer.fromOrbit(1, 200, 200, { ...front, pose }))
    const places = [...picture.keys()].filter((k) => k % 4 === 0 && picture[k] === 200)
    return places.reduce((sum, k) => sum + ((k >> 2) % 200), 0) / places.length
  }
  const turned = { weights: {}, turn: { neck: straight, head: aside } }
  renderer.setHair(hair)
  const rest = reds(null)
  const hung = { ...simpleMovement(4), bones: Float32Array.of(0, 1, 0, 1, 0, 1, 0, 1) }
  renderer.setMovement({ ...movingDome(), hair: hung })
  expect(reds(turned)).toBeGreaterThan(rest + 10)
  expect(reds(null)).toBe(rest)
  renderer.setMovement(movingDome())
  expect(reds(turned)).toBe(rest)
})
