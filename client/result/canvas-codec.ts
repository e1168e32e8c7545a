import { type ImageCodec, requireSquare, webpQuality } from './image-codec.ts'

/** The browser's own codecs, in pages and in web workers. */
export const canvasCodec: ImageCodec = {
  async decode(file) {
    const bitmap = await createImageBitmap(new Blob([file]), { colorSpaceConversion: 'none' }).catch(() => {
      throw new Error('The texture file cannot be decoded: give a whole PNG or WebP file.')
    })
    try {
      const { width, height } = bitmap
      requireSquare(width, height)
      const context = contextOf(width, height)
      context.drawImage(bitmap, 0, 0)
      return {
        ...{ width, height },
        data: context.getImageData(0, 0, width, height).data as Uint8ClampedArray<ArrayBuffer>,
      }
    } finally {
      bitmap.close()
    }
  },

  async webp({ width, height, data }) {
    const context = contextOf(width, height)
    context.putImageData(new ImageData(data, width, height), 0, 0)
    const blob = await context.canvas.convertToBlob({ type: 'image/webp', quality: webpQuality / 100 })
    // A browser that has no such encoder writes a PNG without a word.
    if (blob.type !== 'image/webp') {
      throw new Error('This browser cannot write WebP (Safari cannot): choose PNG or KTX2 for the texture.')
    }
    return new Uint8Array(await blob.arrayBuffer())
  },
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context)
    throw new Error(`A texture of ${width} x ${height} px needs more memory than this browser gives.`)
  return context
}
