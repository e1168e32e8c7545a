import type { Page } from 'playwright'
import sharp from 'sharp'
import type { HeadAngles } from '../../client/app/puppet/head-angles.ts'
import { turnOf } from '../../client/app/puppet/head-angles.ts'
import type { FaceViewer } from '../../client/app/viewer/face-viewer.ts'
import type { Pose } from '../../client/app/viewer/pose.ts'
import type { ExpressionWeights } from '../../client/head/expressions/names.ts'

// A film for Chromium's fake camera, of a head that does what is asked of it; each frame says which one it is.

/** What the head does in a frame. */
export interface Take {
  weights: ExpressionWeights
  angles: HeadAngles
}

/** Chromium shows files of this kind at 30 frames a second. */
const cameraRate = 30
/** Of the film itself: software draws and tracks as many beside each other. */
export const filmRate = 10
const side = 384
/** The number stands in the upper left corner: white or black squares, the lowest bit first, pixels a side. */
const mark = { bits: 8, side: 16 }

/**
 * Draws each take on the page's own head, from the front.
 *
 * @returns MJPEG
 */
export async function filmOf(page: Page, takes: readonly Take[]): Promise<Buffer> {
  const frames: Buffer[] = []
  const pictures = new Map<string, string>()
  for (const [number, take] of takes.entries()) {
    const key = JSON.stringify(take)
    const picture = pictures.get(key) ?? (await page.evaluate(drawTake, poseOf(take)))
    pictures.set(key, picture)
    const portrait = await sharp(Buffer.from(picture, 'base64'))
      .resize(side, side, { fit: 'cover' })
      .flatten({ background: '#bbb' })
      .composite([{ input: Buffer.from(marks(number)), left: 0, top: 0 }])
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
      .toBuffer()
    for (let i = 0; i < cameraRate / filmRate; i++) frames.push(portrait)
  }
  return Buffer.concat(frames)
}

function poseOf({ weights, angles }: Take): Pose {
  const { neck, head } = turnOf(angles)
  return { weights, turn: { neck: Array.from(neck), head: Array.from(head) } }
}

function marks(number: number): string {
  const { bits, side } = mark
  const squares = Array.from({ length: bits }, (_, bit) => {
    const colour = (number >> bit) & 1 ? 'white' : 'black'
    return `<rect x="${bit * side}" width="${side}" height="${side}" fill="${colour}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${bits * side}" height="${side}">${squares.join('')}</svg>`
}

/** Runs in the page. @returns WebP, base64 */
async function drawTake(pose: Pose): Promise<string> {
  const viewer = document.querySelector<FaceViewer>('face-viewer')!
  const drawn = new Promise((resolve) => viewer.addEventListener('drawn', resolve, { once: true }))
  viewer.pose = pose
  // Whoever is told where to look draws at once.
  viewer.look({ azimuth: 0, elevation: 0, zoom: 1 })
  await drawn
  return viewer.querySelector('canvas')!.toDataURL('image/webp', 0.95).split(',')[1]
}

/** One drawing of the puppet. */
export interface Logged {
  /** Milliseconds. */
  time: number
  /** Of the film's frame that the camera shows at that time. */
  frame: number
  weights: ExpressionWeights
  /** Radians: of the bones' turns as they are drawn. 3 x 3 each */
  neck: number[]
  head: number[]
}

export interface Logging {
  puppetLog: Logged[]
}

/** Runs in the page: notes whatever drives the head from now on, and the film's frame that the camera shows then. */
export function logPuppet({ bits, side, width }: { bits: number; side: number; width: number }): void {
  const viewer = document.querySelector<FaceViewer>('face-viewer')!
  const video = document.querySelector('puppet-panel video') as HTMLVideoElement
  const log: Logged[] = []
  Object.assign(globalThis, { puppetLog: log })
  const canvas = document.createElement('canvas')
  canvas.width = bits
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(viewer), 'pose')!
  Object.defineProperty(viewer, 'pose', {
    set(pose: { weights: ExpressionWeights; turn: { neck: number[]; head: number[] } } | null) {
      set!.call(viewer, pose)
      if (!pose) return
      const scale = video.videoWidth / width
      context.drawImage(video, 0, 0, bits * side * scale, side * scale, 0, 0, bits, 1)
      const { data } = context.getImageData(0, 0, bits, 1)
      let frame = 0
      for (let bit = 0; bit < bits; bit++) if (data[4 * bit] > 127) frame |= 1 << bit
      const { weights, turn } = pose
      const [neck, head] = [[...turn.neck], [...turn.head]]
      log.push({ time: performance.now(), frame, weights: { ...weights }, neck, head })
    },
  })
}
export const logged = { ...mark, width: side }
