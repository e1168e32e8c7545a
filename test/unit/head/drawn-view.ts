import { type HeadView, viewReach, viewSize, viewStep } from '../../../client/head/view.ts'
import { random } from '../../../client/image/random.ts'

export type Colour = readonly [red: number, green: number, blue: number]

/** What is drawn, of centimetres to the image's right and upwards from the head's origin. */
export interface Drawing {
  /** 0..255 */
  colour(x: number, y: number, pixel: number): Colour
  /** 0..1; default: everywhere. */
  person?(x: number, y: number, pixel: number): number
  /** Default: everywhere. */
  shown?(x: number, y: number): boolean
}

/** A view of a head that looks straight at the camera, or is turned by some degrees. */
export function drawnView({ colour, person = () => 1, shown = () => true }: Drawing, yaw = 0): HeadView {
  const { width, height } = viewSize
  const [c, s] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)]
  const colours = new Float32Array(3 * width * height)
  for (let i = 0; i < width * height; i++) colours.set(colour(...placeOf(i), i), 3 * i)
  return {
    ...{ width, height, colour: colours, shown: mask(shown) },
    person: Float32Array.from({ length: width * height }, (_, i) => person(...placeOf(i), i)),
    rotation: Float64Array.of(c, 0, s, 0, 1, 0, -s, 0, c),
    project: (positions) =>
      Float32Array.from({ length: (positions.length / 3) * 4 }, (_, k) => {
        const [x, y, z] = [0, 1, 2].map((axis) => positions[3 * (k >> 2) + axis])
        const [right, towards] = [c * x + s * z, c * z - s * x]
        return [(right + viewReach.side) / viewStep, (viewReach.up - y) / viewStep, -towards / viewStep, 1][
          k % 4
        ]
      }),
  }
}

/** The middle of a pixel: centimetres to the right and upwards from the head's origin. */
export function placeOf(pixel: number): [x: number, y: number] {
  const [column, row] = [pixel % viewSize.width, Math.floor(pixel / viewSize.width)]
  return [(column + 0.5) * viewStep - viewReach.side, viewReach.up - (row + 0.5) * viewStep]
}

/** The pixel at a place. */
export function pixelAt(x: number, y: number): number {
  const [column, row] = [(x + viewReach.side) / viewStep, (viewReach.up - y) / viewStep].map(Math.floor)
  return row * viewSize.width + column
}

/** P, 1 where it is so. */
export function mask(is: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: viewSize.width * viewSize.height }, (_, i) => (is(...placeOf(i)) ? 1 : 0))
}

/** Within an ellipse around the head's upright axis? Centimetres: its middle's height, half its width, half its height. */
export function oval(x: number, y: number, middle: number, wide: number, high: number): boolean {
  return Math.hypot(x / wide, (y - middle) / high) < 1
}

/** A colour with noise of that strength, log units, as of skin (all channels) that a camera took. */
export function noisy(seed: number): (colour: Colour, strength: number) => Colour {
  const { normal } = random(seed)
  return ([r, g, b], strength) => {
    const factor = Math.exp(strength * normal())
    return [r * factor, g * factor, b * factor]
  }
}
