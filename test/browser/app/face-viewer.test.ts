import { expect, test, vi } from 'vitest'
import { FaceViewer } from '../../../client/app/viewer/face-viewer.ts'
import { dome } from '../../unit/result/synthetic.ts'

const nextDrawn = (viewer: FaceViewer) =>
  new Promise((resolve) => viewer.addEventListener('drawn', resolve, { once: true }))

test('a picture that was begun before its place changed is not stretched into the new one', async () => {
  const shown: { picture: number[]; canvas: number[] }[] = []
  const { transferFromImageBitmap } = ImageBitmapRenderingContext.prototype
  vi.spyOn(ImageBitmapRenderingContext.prototype, 'transferFromImageBitmap').mockImplementation(function (
    this: ImageBitmapRenderingContext,
    picture,
  ) {
    const { width, height } = this.canvas
    shown.push({ picture: [picture!.width, picture!.height], canvas: [width, height] })
    transferFromImageBitmap.call(this, picture)
  })
  const viewer = new FaceViewer()
  viewer.still = true
  viewer.style.cssText = 'display: block; width: 300px; height: 100px'
  document.body.appendChild(viewer)
  viewer.face = { mesh: dome(12), texture: { size: 1, data: new Uint8ClampedArray(4).fill(200) } }
  await nextDrawn(viewer)
  viewer.look({ azimuth: 0.5, elevation: 0, zoom: 1 })
  // While the next picture is being drawn.
  await new Promise(requestAnimationFrame)
  viewer.style.width = '100px'
  while (shown.at(-1)?.picture[0] !== 100 * devicePixelRatio) await nextDrawn(viewer)
  expect(shown.length).toBeGreaterThan(2)
  for (const { picture, canvas } of shown) expect(canvas).toEqual(picture)
  viewer.remove()
})
