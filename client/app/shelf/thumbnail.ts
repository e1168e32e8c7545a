import { drawFromOrbit, type Face } from '../viewer/drawing.ts'
import { half } from '../viewer/orbit.ts'

/** Pixels a side: twice what it takes on its card, for screens that have two a pixel. */
const side = 320
/** Each lower one is tried where the one before takes too much. */
const qualities = [0.85, 0.7, 0.5, 0.3]
const mostBytes = 20_000

/**
 * The small picture of a face or a head on its card, the card shining through around it.
 *
 * @returns a `data:` address of at most 20 kB: WebP, or JPEG on grey where the browser writes no WebP
 * @throws where the browser has no WebGL in workers
 */
export async function thumbnail(face: Face): Promise<string> {
  const bitmap = await drawFromOrbit(face, side, side, half)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const picture = lightest((quality) => canvas.toDataURL('image/webp', quality))
  if (picture.startsWith('data:image/webp')) return picture
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = '#757575'
  context.fillRect(0, 0, side, side)
  return lightest((quality) => canvas.toDataURL('image/jpeg', quality))
}

/** The first that is light enough, else the last. @param encoded a base64 `data:` address */
export function lightest(encoded: (quality: number) => string): string {
  let address = ''
  for (const quality of qualities) {
    address = encoded(quality)
    if (bytesIn(address) <= mostBytes) break
  }
  return address
}

/** Of the data in a base64 `data:` address. */
const bytesIn = (address: string) => ((address.length - address.indexOf(',') - 1) * 3) / 4
