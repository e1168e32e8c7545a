import { expect, test, vi } from 'vitest'
import { Driver } from '../../../client/app/viewer/driver.ts'
import { FaceViewer } from '../../../client/app/viewer/face-viewer.ts'
import { movingDome } from '../../support/moving-dome.ts'
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

/** A viewer of a head that moves, not turned by itself. */
async function shown(still: boolean) {
  const viewer = new FaceViewer()
  viewer.still = still
  viewer.style.cssText = 'display: block; width: 100px; height: 100px'
  document.body.replaceChildren(viewer)
  const checks = new Uint8ClampedArray(4 * 32 * 16).map((_, k) => (k % 4 === 3 || (k >> 4) % 2 ? 255 : 60))
  const texture = { size: 16, data: checks }
  const face = { mesh: dome(12), texture, hair: null, movement: movingDome() }
  viewer.face = face
  await nextDrawn(viewer)
  viewer.look({ azimuth: 0, elevation: 0, zoom: 1 })
  const picture = () => viewer.querySelector('canvas')!.toDataURL()
  const drawings = async (seconds: number) => {
    let count = 0
    const add = () => count++
    viewer.addEventListener('drawn', add)
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds))
    viewer.removeEventListener('drawn', add)
    return count
  }
  /** What is drawn next after something was told to it. */
  const told = async (tell: () => void) => {
    const drawn = nextDrawn(viewer)
    tell()
    await drawn
    return picture()
  }
  return { viewer, face, picture, drawings, told }
}

test('a head that may move by itself is never quite still, at most 30 times a second, and not out of sight', async () => {
  // However busy the machine is.
  vi.spyOn(performance, 'now').mockReturnValue(0)
  const { viewer, face, picture, drawings } = await shown(false)
  await drawings(0.3)
  const before = picture()
  const count = await drawings(0.6)
  expect(count).toBeGreaterThan(1)
  expect(count).toBeLessThanOrEqual(21)
  expect(picture()).not.toBe(before)
  // Where it comes from is looked at in peace.
  viewer.face = { ...face, evidence: new Uint8Array(512).fill(1) }
  await drawings(0.3)
  expect(await drawings(0.4)).toBe(0)
  viewer.face = face
  viewer.style.marginTop = '5000px'
  await drawings(0.3)
  expect(await drawings(0.4)).toBe(0)
  viewer.style.marginTop = '0'
  await drawings(0.3)
  expect(await drawings(0.4)).toBeGreaterThan(0)
  vi.restoreAllMocks()
  viewer.remove()
})

test('where a drawing takes long, a head rests rather than blink in pictures', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 150))
  const { viewer, picture, drawings } = await shown(false)
  await drawings(0.8)
  expect(await drawings(1)).toBeLessThanOrEqual(1)
  const seen = picture()
  viewer.still = true
  viewer.expression = {}
  await nextDrawn(viewer)
  expect(picture()).toBe(seen)
  vi.restoreAllMocks()
  viewer.remove()
})

test('a head that is to be still rests, and does what it is told to', async () => {
  const { viewer, picture, drawings, told } = await shown(true)
  await drawings(0.3)
  const rest = picture()
  expect(await drawings(0.4)).toBe(0)
  expect(picture()).toBe(rest)
  const open = await told(() => {
    viewer.expression = { jawOpen: 1 }
  })
  expect(open).not.toBe(rest)
  const driven = await told(() => {
    viewer.pose = { weights: { eyeBlinkLeft: 1 } }
  })
  expect([rest, open]).not.toContain(driven)
  expect(
    await told(() => {
      viewer.pose = null
    }),
  ).toBe(open)
  expect(
    await told(() => {
      viewer.expression = {}
    }),
  ).toBe(rest)
  viewer.remove()
})

test('a driver has the head where no pose is set, and may have it before it is given to the viewer', async () => {
  const driver = new Driver()
  driver.pose = { weights: { jawOpen: 1 } }
  const { viewer, picture, drawings, told } = await shown(true)
  await drawings(0.3)
  const rest = picture()
  const open = await told(() => {
    viewer.driver = driver
  })
  expect(open).not.toBe(rest)
  const posed = await told(() => {
    viewer.pose = { weights: { eyeBlinkLeft: 1 } }
  })
  expect([rest, open]).not.toContain(posed)
  expect(
    await told(() => {
      driver.pose = null
    }),
  ).toBe(posed)
  expect(
    await told(() => {
      viewer.pose = null
    }),
  ).toBe(rest)
  viewer.remove()
})
