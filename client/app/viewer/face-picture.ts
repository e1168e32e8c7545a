import { drawFromOrbit, type Face } from './drawing.ts'
import type { Orbit } from './orbit.ts'

/**
 * A small still picture of a face or a head, the stage shining through around it.
 *
 * @param side pixels
 * @returns an address that holds the picture itself, and goes with its last use
 * @throws where the browser has no WebGL in workers
 */
export async function facePicture(face: Face, side: number, orbit: Orbit): Promise<string> {
  const bitmap = await drawFromOrbit(face, side, side, orbit)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap)
  return canvas.toDataURL('image/webp', 0.9)
}
