import { plainJpeg } from '../../share/plain-jpeg.ts'
import { drawFromOrbit, type Face } from '../viewer/drawing.ts'
import { front } from '../viewer/orbit.ts'

/** What link previews show uncropped: 1.91 to 1. */
const width = 1200
const height = 630
/** The stage's mid grey. */
const grey = '#757575'

/**
 * The face from the front, large, between two turned views: where each lies, how much of its square is shown, and its
 * azimuth. The square in the middle holds the front alone: pages that show faces side by side, and many that preview
 * links, cut it out.
 */
const views = [
  { left: 0, across: (width - height) / 2, side: 400, azimuth: -0.75 },
  { left: (width + height) / 2, across: (width - height) / 2, side: 400, azimuth: 0.75 },
  { left: (width - 620) / 2, across: 620, side: 620, azimuth: 0 },
]

/**
 * The picture that stands for a shared face: 1200 x 630 JPEG without metadata.
 *
 * @throws where the browser has no WebGL in workers
 */
export async function previewJpeg(face: Face): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')!
  context.fillStyle = grey
  context.fillRect(0, 0, width, height)
  for (const { left, across, side, azimuth } of views) {
    const bitmap = await drawFromOrbit(face, side, side, { ...front, azimuth })
    const top = (height - side) / 2
    context.drawImage(bitmap, (side - across) / 2, 0, across, side, left, top, across, side)
    bitmap.close()
  }
  return jpegOf(canvas)
}

/** Longest side of a shared photo, pixels. */
const photoSide = 1600

/** The photo as it is shared: upright, at most {@link photoSide} px a side, without place, camera or any other data. */
export async function photoJpeg(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, photoSide / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return jpegOf(canvas)
}

/** Browsers may write EXIF of their own. */
async function jpegOf(canvas: OffscreenCanvas): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 })
  return plainJpeg(new Uint8Array(await blob.arrayBuffer()))
}
