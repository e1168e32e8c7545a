import { expect, test } from 'vitest'
import type { Hair } from '../../../client/app/viewer/drawing.ts'
import { FaceRenderer } from '../../../client/app/viewer/renderer.ts'
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
