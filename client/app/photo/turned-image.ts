import type { Photo } from '../../image/photo.ts'

/**
 * A photo turned clockwise, as an image file.
 *
 * @param turns quarters @param type of the file it came from: PNG stays PNG, anything else becomes JPEG
 */
export function turnedImage({ width, height, data }: Photo, turns: number, type: string): Promise<Blob> {
  const upright = turns % 2 === 0
  const canvas = new OffscreenCanvas(upright ? width : height, upright ? height : width)
  const context = canvas.getContext('2d')!
  const plain = new OffscreenCanvas(width, height)
  plain
    .getContext('2d')!
    .putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((turns * Math.PI) / 2)
  context.drawImage(plain, -width / 2, -height / 2)
  return canvas.convertToBlob(type === 'image/png' ? { type } : { type: 'image/jpeg', quality: 0.95 })
}
