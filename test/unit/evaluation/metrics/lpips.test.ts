import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../../../models/paths.ts'
import { type Lpips, loadLpips, lpipsOfRegion } from '../../../evaluation/metrics/lpips.ts'

const file = join(root, '..', 'shared', 'models', 'lpips_sq.onnx')
const photo = join(root, 'client', 'app', 'sample', 'astronaut.png')
const size = 128

/** The face, 128 x 128 x 3, blurred. */
async function face(sigma: number): Promise<Float32Array> {
  const image = await sharp(photo)
    .removeAlpha()
    .extract({ left: 96, top: 0, width: 256, height: 256 })
    .resize(size, size)
    .raw()
    .toBuffer()
  const raw = { width: size, height: size, channels: 3 as const }
  const blurred = sigma ? await sharp(image, { raw }).blur(sigma).raw().toBuffer() : image
  return Float32Array.from(blurred, (byte) => byte / 255)
}

describe.skipIf(!existsSync(file))('LPIPS (needs ../shared/models/lpips_sq.onnx)', () => {
  let lpips: Lpips
  let truth: Float32Array
  beforeAll(async () => {
    lpips = await loadLpips(file)
    truth = await face(0)
  })

  it('is 0 for equal images and grows with blur', async () => {
    expect(await lpips.distance(truth, truth, size)).toBeCloseTo(0, 6)
    const distances: number[] = []
    for (const sigma of [1, 2, 4, 8]) distances.push(await lpips.distance(truth, await face(sigma), size))
    expect(distances[0]).toBeGreaterThan(0.02)
    expect(distances).toEqual(distances.toSorted((a, b) => a - b))
    expect(distances[3]).toBeLessThan(1)
  })

  it('takes everything outside a region for true', async () => {
    const texture = await face(3)
    const region = (of: (i: number) => boolean) =>
      Uint8Array.from({ length: size * size }, (_, i) => (of(i) ? 1 : 0))
    const distance = (mask: Uint8Array) => lpipsOfRegion(lpips, truth, texture, size, mask)
    expect(await distance(region(() => true))).toBeCloseTo(await lpips.distance(truth, texture, size), 6)
    expect(await distance(region(() => false))).toBe(0)
    // Left and right half add up to the whole, but for what the windows mix along the border.
    const left = await distance(region((i) => i % size < size / 2))
    const right = await distance(region((i) => i % size >= size / 2))
    const whole = await distance(region(() => true))
    expect((left + right) / whole).toBeGreaterThan(0.8)
    expect((left + right) / whole).toBeLessThan(1.2)
  })

  it('refuses images that are too small or of another size', async () => {
    const small = new Float32Array(16 * 16 * 3)
    await expect(lpips.distance(small, small, 16)).rejects.toThrow('32')
    await expect(lpips.distance(truth, small, size)).rejects.toThrow('768 values')
  })
})

it('says what is wrong with a file', async () => {
  await expect(loadLpips('/no/such/lpips.onnx')).rejects.toThrow(
    'There is no LPIPS model at /no/such/lpips.onnx',
  )
  await expect(loadLpips(photo)).rejects.toThrow('astronaut.png is not a model that ONNX Runtime reads')
})
