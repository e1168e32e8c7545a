import type { Crop } from '../../capture/find/crop.ts'

/** What a worker gets of a camera. */
export type Frame = ImageBitmap | VideoFrame

/** Square, turned crops of frames as the networks want them, cut out by the browser: a whole frame is never read. */
export class FrameCrop {
  readonly #size: number
  readonly #context: OffscreenCanvasRenderingContext2D
  readonly #image: Float32Array

  /** @param size of what it gives, pixels a side */
  constructor(size: number) {
    this.#size = size
    this.#context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })!
    this.#image = new Float32Array(3 * size * size)
  }

  /**
   * Black beyond the frame's border.
   *
   * @returns size x size x 3, sRGB-encoded, 0..1; the same array each time
   */
  of(frame: Frame, { x, y, side, angle }: Crop): Float32Array {
    const [size, context, image] = [this.#size, this.#context, this.#image]
    context.resetTransform()
    context.fillRect(0, 0, size, size)
    context.translate(size / 2, size / 2)
    context.rotate(-angle)
    context.scale(size / side, size / side)
    context.drawImage(frame, -x, -y)
    const { data } = context.getImageData(0, 0, size, size)
    for (let i = 0, k = 0; k < image.length; i += 4, k += 3) {
      image[k] = data[i] / 255
      image[k + 1] = data[i + 1] / 255
      image[k + 2] = data[i + 2] / 255
    }
    return image
  }
}
