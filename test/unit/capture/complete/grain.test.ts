import { describe, expect, it } from 'vitest'
import { grain } from '../../../../client/capture/complete/grain.ts'
import { gaussianBlur } from '../../../../client/image/blur.ts'
import { mirrorTexture } from '../../../../client/image/log-texture.ts'
import { random } from '../../../../client/image/random.ts'

const size = 256
const texels = size * size
const everywhere = new Uint8Array(texels).fill(1)
const leftHalf = Uint8Array.from({ length: texels }, (_, i) => (i % size < size / 2 ? 1 : 0))

/** Log skin of even colour with white noise of these deviations in R, G, B. */
function skinWith(deviations: readonly number[]): Float32Array {
  const { normal } = random(7)
  const noise = Float32Array.from({ length: texels }, normal)
  return Float32Array.from({ length: 3 * texels }, (_, k) => 4 + deviations[k % 3] * noise[Math.floor(k / 3)])
}

const channel = (image: Float32Array, c: number) =>
  Float32Array.from({ length: texels }, (_, i) => image[3 * i + c])
const deviation = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

describe('grain', () => {
  const deviations = [0.02, 0.03, 0.05]
  const made = grain(skinWith(deviations), size, everywhere, leftHalf)

  it("varies as the photo's skin does, in each channel and at each fine scale", () => {
    const photo = skinWith(deviations)
    for (const c of [0, 1, 2]) {
      const [want, got] = [photo, made].map((image) => {
        const plane = channel(image, c)
        const fine = gaussianBlur(plane, size, size, 1, 1)
        const coarse = gaussianBlur(plane, size, size, 1, 2)
        return [plane.map((value, i) => value - fine[i]), fine.map((value, i) => value - coarse[i])].map(
          deviation,
        )
      })
      for (const band of [0, 1]) {
        // The second band of white noise has a share of what is coarser, and grain has nothing coarser.
        expect(got[band]).toBeGreaterThan((band ? 0.85 : 0.95) * want[band])
        expect(got[band]).toBeLessThan(1.05 * want[band])
      }
    }
  })

  it('has no blotches', () => {
    const coarse = gaussianBlur(channel(made, 1), size, size, 1, 8)
    expect(deviation(coarse)).toBeLessThan(0.02 * deviation(channel(made, 1)))
  })

  it('takes no wrinkles for grain', () => {
    const wrinkled = skinWith(deviations)
    for (let k = 0; k < wrinkled.length; k++)
      if (Math.floor(k / 3 / size) < 100 && Math.floor(k / 3 / size) % 3 === 0) wrinkled[k] -= 0.5
    const [plain, beside] = [made, grain(wrinkled, size, everywhere, leftHalf)].map((image) =>
      deviation(channel(image, 1)),
    )
    expect(deviation(channel(wrinkled, 1))).toBeGreaterThan(5 * plain)
    expect(beside).toBeLessThan(1.8 * plain)
  })

  it('is mirrored with the photo, and differs on both sides', () => {
    const photo = skinWith(deviations)
    const back = mirrorTexture(
      grain(mirrorTexture(photo, size, 3), size, everywhere, mirrorTexture(leftHalf, size, 1)),
      size,
      3,
    )
    for (let k = 0; k < made.length; k++) expect(back[k]).toBeCloseTo(made[k], 4)
    const other = mirrorTexture(made, size, 3)
    expect(deviation(made.map((value, k) => value - other[k]))).toBeGreaterThan(1.3 * deviation(made))
  })

  it('does not take burnt-out skin for plain skin', () => {
    const photo = skinWith(deviations)
    // On a quarter of the face.
    for (let i = 0; i < texels; i++) if (i % size < size / 4) photo.fill(Math.log(255 + 8), 3 * i, 3 * i + 3)
    const blown = grain(photo, size, everywhere, leftHalf)
    for (const c of [0, 1, 2]) {
      // Half of the face, burnt-out parts included, has no more detail than that.
      expect(deviation(channel(blown, c))).toBeGreaterThan(0.55 * deviation(channel(made, c)))
      expect(deviation(channel(blown, c))).toBeLessThan(deviation(channel(made, c)))
    }
  })

  it('is none where too little skin is seen to tell it', () => {
    const patch = Uint8Array.from({ length: texels }, (_, i) => (i % size < 14 && i < 14 * size ? 1 : 0))
    expect(grain(skinWith(deviations), size, patch, leftHalf).every((value) => value === 0)).toBe(true)
  })

  it('is none where no skin is seen, and where the photo has none', () => {
    const none = grain(skinWith(deviations), size, new Uint8Array(texels), leftHalf)
    expect(none.every((value) => value === 0)).toBe(true)
    const smooth = grain(new Float32Array(3 * texels).fill(4), size, everywhere, leftHalf)
    expect(smooth.every((value) => Math.abs(value) < 1e-5)).toBe(true)
  })
})
