import sharp from 'sharp'
import type { Occlusion } from './types.ts'

/** @param body SVG elements in photo pixels */
export async function rasterizeSvg(body: string, width: number, height: number): Promise<Occlusion> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`
  const raw = await sharp(Buffer.from(svg), { unlimited: true }).ensureAlpha().raw().toBuffer()
  const paint = new Uint8ClampedArray(raw)
  const mask = Uint8Array.from({ length: width * height }, (_, i) => (paint[4 * i + 3] > 0 ? 1 : 0))
  return { mask, paint }
}
