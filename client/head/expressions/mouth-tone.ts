import { eyes } from '../../face/contours.ts'
import type { Mesh } from '../../face/types.ts'
import type { HairTexture } from '../hair/hair-texture.ts'
import { mouthKinds } from './mouth-model.ts'

/** Colours in white light, linear, 0..1: teeth, gums, tongue, and the skin of the mouth's bag. By eye. */
const albedo = {
  tooth: [0.8, 0.74, 0.62],
  gum: [0.45, 0.16, 0.15],
  tongue: [0.46, 0.19, 0.18],
  bag: [0.2, 0.05, 0.045],
} as const
/** The rows of the mouth's texture, top to bottom, each from dark on the left to light on the right. */
export const mouthRows = [...mouthKinds, 'bag'] as const
/** What share of an eye's texels is brighter than its white is taken to be. */
const whitest = 0.08
/** How bright the white of an eye is in full light, linear. */
const eyeWhite = 0.6
/** Light on teeth, of white: within this, linear. */
const [least, most] = [0.16, 1.05]

/** Texels a side: each row is so many high that filtering does not mix it with the next. */
export const toneSize = 32

/**
 * The colours of a mouth in the light of a photo, which the whites of the eyes tell.
 *
 * @param texture N x N x 3, sRGB-encoded, 0..1: the face's
 * @param uv of the face's mesh
 */
export function mouthTone(texture: Float32Array, { uv }: Pick<Mesh, 'uv'>): HairTexture {
  const light = lightOn(texture, uv)
  const data = new Uint8ClampedArray(4 * toneSize * toneSize)
  for (let y = 0; y < toneSize; y++)
    for (let x = 0; x < toneSize; x++) {
      const colour = albedo[mouthRows[Math.floor((y * mouthRows.length) / toneSize)]]
      const share = x / (toneSize - 1)
      for (let c = 0; c < 3; c++)
        data[4 * (y * toneSize + x) + c] = 255 * encoded(Math.min(1, light[c] * share * colour[c]))
      data[4 * (y * toneSize + x) + 3] = 255
    }
  return { size: toneSize, data }
}

/** Where a colour of the mouth's texture lies: its UV. */
export function toneUv(row: (typeof mouthRows)[number], light: number): [u: number, v: number] {
  const along = (0.5 + (toneSize - 1) * Math.min(1, Math.max(0, light))) / toneSize
  return [along, (mouthRows.indexOf(row) + 0.5) / mouthRows.length]
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const encoded = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)

/** The photo's light, linear, of white: 3. Its colour is taken by half, since whites of eyes are not quite white. */
function lightOn(texture: Float32Array, uv: Float32Array): number[] {
  const size = Math.sqrt(texture.length / 3)
  const texels: number[][] = []
  for (const eye of eyes) {
    const [us, vs] = [0, 1].map((c) => eye.map((v) => uv[2 * v + c] * size))
    for (let y = Math.floor(Math.min(...vs)); y <= Math.max(...vs); y++)
      for (let x = Math.floor(Math.min(...us)); x <= Math.max(...us); x++)
        if (isInside(us, vs, x + 0.5, y + 0.5)) {
          const from = 3 * (y * size + x)
          texels.push([...texture.subarray(from, from + 3)].map(linear))
        }
  }
  if (texels.length === 0) return [least, least, least]
  const luminance = ([r, g, b]: number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  texels.sort((a, b) => luminance(b) - luminance(a))
  const white = texels[Math.floor(whitest * (texels.length - 1))]
  const level = luminance(white)
  const bright = Math.min(most, Math.max(least, level / eyeWhite))
  return white.map((value) => bright * Math.sqrt(Math.max(0.25, value / Math.max(1e-6, level))))
}

/** Even-odd. */
function isInside(xs: number[], ys: number[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++)
    if (ys[i] > y !== ys[j] > y && x < ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i])
      inside = !inside
  return inside
}
