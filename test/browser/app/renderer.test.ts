import { expect, test } from 'vitest'
import { FaceRenderer } from '../../../client/app/viewer/renderer.ts'
import { dome } from '../../unit/result/synthetic.ts'

/** RGBA of the middle of a picture. */
function middleOf(bitmap: ImageBitmap): number[] {
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return [...context.getImageData(width >> 1, height >> 1, 1, 1).data]
}

test('from behind one sees the inside as the same skin in less light, lit or not', () => {
  const skin = [200, 140, 110]
  const renderer = new FaceRenderer()
  renderer.setMesh(dome(12))
  renderer.addTexture(1, { size: 1, data: Uint8ClampedArray.of(...skin, 255) })
  const seen = (azimuth: number, light: number | null) =>
    middleOf(renderer.fromOrbit(1, 64, 64, { azimuth, elevation: 0, zoom: 1, light }))
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
