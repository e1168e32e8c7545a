import { describe, expect, it } from 'vitest'
import { renderTexture, turnedCamera } from '../../../../client/capture/mesh/render.ts'
import { type UnwrapOptions, unwrapPhoto } from '../../../../client/capture/unwrap/unwrap.ts'
import { faceView } from '../../../../client/capture/unwrap/view.ts'
import type { Camera } from '../../../../client/face/types.ts'
import { psnr } from '../../../../client/image/measure.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { sphere, waves } from '../sphere.ts'

const size = 128
const mesh = sphere()
const texture = waves(512)

function photographed(camera: Camera, width: number, height: number): Photo {
  const { rgb } = renderTexture(mesh, camera, texture, 512, width, height)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) data[4 * i + c] = Math.round(255 * rgb[3 * i + c])
  return { width, height, data }
}

function unwrapped(camera: Camera, options: Partial<UnwrapOptions> = {}, width = 500, height = 400) {
  const photo = photographed(camera, width, height)
  const settings = { size, interOcular: 100, features: null, ...options }
  const { unwrap, seen } = unwrapPhoto(photo, mesh, camera, settings)
  return { photo, unwrap, view: faceView(photo, mesh, seen, unwrap.weight) }
}

const pinhole: Camera = {
  // 50 cm in front of the sphere's centre.
  matrix: Float64Array.from([900, 0, -250, 12500, 0, -900, -200, 10000, 0, 0, 0, -1, 0, 0, -1, 50]),
}

describe('unwrapPhoto', () => {
  for (const [name, camera] of [
    ['an orthographic camera', turnedCamera(mesh, { yaw: 25, pitch: 10, roll: 15 }, 500, 400)],
    ['a perspective camera', pinhole],
  ] as const) {
    it(`brings a texture back through ${name}`, () => {
      const { unwrap } = unwrapped(camera)
      const truth = waves(size)
      const seen = unwrap.weight.map((w) => (w > 0.9 ? 1 : 0))
      const share = seen.reduce((sum, value) => sum + value, 0) / (size * size)
      expect(share).toBeGreaterThan(0.12)
      expect(share).toBeLessThan(0.5)
      expect(psnr(unwrap.sampled, truth, 3, Uint8Array.from(seen))).toBeGreaterThan(35)
    })
  }

  it('gives the view the colours that the texture has at its UVs', () => {
    const { unwrap, view } = unwrapped(turnedCamera(mesh, { yaw: 25 }, 500, 400))
    const looked = new Float32Array(view.photo.length)
    for (let i = 0; i < view.mask.length; i++) {
      const texel =
        Math.min(size - 1, Math.floor(view.uv[2 * i + 1] * size)) * size +
        Math.min(size - 1, Math.floor(view.uv[2 * i] * size))
      looked.set(unwrap.sampled.subarray(3 * texel, 3 * texel + 3), 3 * i)
    }
    expect(view.size).toBe(size)
    // Nearest texels only: 24 dB and more say that the places agree.
    expect(psnr(looked, view.photo, 3, Uint8Array.from(view.mask))).toBeGreaterThan(24)
  })

  it('weighs nothing that faces away, and leaves its colour 0', () => {
    const { unwrap } = unwrapped(turnedCamera(mesh, {}, 500, 400))
    const at = (u: number, v: number) => Math.floor(v * size) * size + Math.floor(u * size)
    expect(unwrap.weight[at(0.5, 0.5)]).toBeCloseTo(1, 3)
    expect(unwrap.weight[at(0.1, 0.5)]).toBe(0)
    expect(unwrap.weight[at(0.27, 0.5)]).toBe(0)
    for (let i = 0; i < unwrap.weight.length; i++)
      if (unwrap.weight[i] === 0) expect(unwrap.sampled[3 * i] + unwrap.sampled[3 * i + 1]).toBe(0)
  })

  it('does not use what was brushed out, nor what is beside it', () => {
    const camera = turnedCamera(mesh, {}, 500, 400)
    const distrust = new Uint8Array(500 * 400)
    for (let y = 180; y < 220; y++) distrust.fill(1, y * 500 + 230, y * 500 + 270)
    const free = unwrapped(camera)
    const brushed = unwrapped(camera, { distrust })
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0)
    expect(brushed.unwrap.weight[(size / 2) * size + size / 2]).toBe(0)
    expect(sum(brushed.unwrap.weight)).toBeLessThan(sum(free.unwrap.weight))
    const { left, top, step, mask } = brushed.view
    for (let i = 0; i < mask.length; i++) {
      const x = left + ((i % size) + 0.5) * step
      const y = top + (Math.floor(i / size) + 0.5) * step
      const within = x > 229 && x < 271 && y > 179 && y < 221
      const wellOutside = x < 215 || x > 285 || y < 165 || y > 235
      if (within) expect(mask[i]).toBe(0)
      else if (wellOutside) expect(mask[i]).toBe(free.view.mask[i])
    }
  })

  it('does not use what lies on or beyond the border of the photo', () => {
    // The sphere's middle is on the left border.
    const camera = turnedCamera(mesh, {}, 500, 400)
    camera.matrix[3] = 0
    const { unwrap, view } = unwrapped(camera)
    const middle = (size / 2) * size
    expect(unwrap.weight[middle + size / 2 - 4]).toBe(0)
    expect(unwrap.weight[middle + size / 2 - 1]).toBe(0)
    expect(unwrap.weight[middle + size / 2 + 8]).toBeGreaterThan(0.9)
    for (let i = 0; i < view.mask.length; i++)
      if (view.left + ((i % size) + 0.5) * view.step < 2) expect(view.mask[i]).toBe(0)
  })

  it('keeps off the background', () => {
    const person = new Float32Array(500 * 400).map((_, i) => (i % 500 < 250 ? 1 : 0))
    const { unwrap } = unwrapped(turnedCamera(mesh, {}, 500, 400), { person })
    const middle = (size / 2) * size + size / 2
    expect(unwrap.weight[middle - 8]).toBeGreaterThan(0.9)
    expect(unwrap.weight[middle + 8]).toBe(0)
  })

  it('refuses a mask of another size', () => {
    const camera = turnedCamera(mesh, {}, 500, 400)
    expect(() => unwrapped(camera, { distrust: new Uint8Array(5) })).toThrow('500 x 400 pixels')
  })
})
