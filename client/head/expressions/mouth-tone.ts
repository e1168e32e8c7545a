import { eyes } from '../../face/contours.ts'
import { mouthEllipse } from '../../face/mouth-chart.ts'
import type { Mesh } from '../../face/types.ts'
import type { HairTexture } from '../hair/hair-texture.ts'
import { mouthKinds } from './mouth-model.ts'

/** Colours in white light, linear, 0..1: teeth, gums, tongue, and the skin of the mouth's bag. By eye. */
const albedo = {
  tooth: [0.84, 0.76, 0.63],
  gum: [0.45, 0.16, 0.15],
  tongue: [0.46, 0.19, 0.18],
  bag: [0.2, 0.05, 0.045],
} as const
/** The rows of the mouth's texture, top to bottom, each from dark on the left to light on the right. */
export const mouthRows = [...mouthKinds, 'bag'] as const
/** What share of an eye's texels is brighter than its white is taken to be. */
const whitest = 0.08
/** How bright the white of an eye is in full light, linear. */
const eyeWhite = 0.42
/** Lips that are further apart show teeth: centimetres. */
const shows = 0.35
/** Light on teeth, of white: within this, linear. */
const [least, most] = [0.2, 1.2]

/** Texels a side: each row is so many high that filtering does not mix it with the next. */
export const toneSize = 32

/**
 * The colours of a mouth in the light of a photo, which the whites of the eyes tell, or the teeth that it shows.
 *
 * @param texture N x N x 3, sRGB-encoded, 0..1: the face's
 * @param uv of the face's mesh
 */
export function mouthTone(
  texture: Float32Array,
  { uv, positions }: Pick<Mesh, 'uv' | 'positions'>,
): HairTexture {
  const gap = positions[3 * 13 + 1] - positions[3 * 14 + 1]
  const light = lightOn(texture, uv, gap > shows)
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

/** Linear, of white: 3. */
function lightOn(texture: Float32Array, uv: Float32Array, showsTeeth: boolean): number[] {
  const eye = eyes.map((contour) =>
    brightest(
      texture,
      contour.map((v) => [uv[2 * v], uv[2 * v + 1]]),
    ),
  )
  const { u, v, width, height } = mouthEllipse
  const mouth = Array.from({ length: 24 }, (_, i) => {
    const angle = (Math.PI * i) / 12
    return [u + 0.8 * width * Math.cos(angle), v + 0.8 * height * Math.sin(angle)]
  })
  const lights = eye.map((white) => {
    const level = luminance(white)
    // By half, since whites of eyes are not quite white.
    return white.map((value) => (level / eyeWhite) * Math.sqrt(value / Math.max(1e-6, level)))
  })
  const ofEyes = lights.reduce((a, b) => (luminance(b) > luminance(a) ? b : a))
  const ofTeeth = brightest(texture, mouth).map((value, c) => value / albedo.tooth[c])
  // Parted lips may show a dark mouth alone.
  const light = showsTeeth && luminance(ofTeeth) > 0.5 * luminance(ofEyes) ? ofTeeth : ofEyes
  const level = luminance(light)
  const bright = Math.min(most, Math.max(least, level))
  return light.map((value) => (level > 0 ? (bright * value) / level : bright))
}

const luminance = ([r, g, b]: readonly number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** The white in a part of a texture, linear. @param contour UVs */
function brightest(texture: Float32Array, contour: number[][]): number[] {
  const size = Math.sqrt(texture.length / 3)
  const [xs, ys] = [0, 1].map((c) => contour.map((point) => point[c] * size))
  const texels: number[][] = []
  for (let y = Math.floor(Math.min(...ys)); y <= Math.max(...ys); y++)
    for (let x = Math.floor(Math.min(...xs)); x <= Math.max(...xs); x++)
      if (isInside(xs, ys, x + 0.5, y + 0.5)) {
        const from = 3 * (y * size + x)
        texels.push([...texture.subarray(from, from + 3)].map(linear))
      }
  texels.sort((a, b) => luminance(b) - luminance(a))
  return texels[Math.floor(whitest * (texels.length - 1))] ?? [0, 0, 0]
}

/** Even-odd. */
function isInside(xs: number[], ys: number[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++)
    if (ys[i] > y !== ys[j] > y && x < ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i])
      inside = !inside
  return inside
}
