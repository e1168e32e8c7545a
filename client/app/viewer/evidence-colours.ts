import { Evidence } from '../../face/evidence.ts'
import { type Pixels, widthOf } from '../pixels.ts'

/** What the evidence view tells apart. */
export type Source = 'own' | 'mirrored' | 'made'

/** Told apart with every kind of colour vision, and in grey: sRGB, 0..255. */
export const sourceColours: Readonly<Record<Source, readonly [number, number, number]>> = {
  own: [100, 143, 255],
  mirrored: [255, 176, 0],
  made: [220, 38, 127],
}

/** Of black skin this share of the colour is left, so that it can still be told. */
const leastLight = 0.5
/** Texels that evidence is grown by: just outside the charts there is none, which the drawing would mix in along the seams. */
const grown = 2

/**
 * A texture that tells where each texel of another comes from: as light and dark as that, in the colour of its source.
 *
 * @param evidence `Evidence` of each texel
 * @throws RangeError where it has not as many
 */
export function evidenceColours(texture: Pixels, evidence: Uint8Array): Pixels {
  const { size, data } = texture
  const width = widthOf(texture)
  if (evidence.length !== width * size)
    throw new RangeError(
      `A texture of ${width} x ${size} texels takes as much evidence; there is ${evidence.length}.`,
    )
  const sources = grow(evidence, width, size)
  const coloured = new Uint8ClampedArray(data.length)
  for (let i = 0; i < sources.length; i++) {
    const k = 4 * i
    const light = (0.3 * data[k] + 0.59 * data[k + 1] + 0.11 * data[k + 2]) / 255
    const share = leastLight + (1 - leastLight) * light
    const colour = sourceColours[sourceOf(sources[i])]
    for (let c = 0; c < 3; c++) coloured[k + c] = share * colour[c]
    coloured[k + 3] = 255
  }
  return { size, data: coloured }
}

function sourceOf(evidence: number): Source {
  if (evidence === Evidence.own) return 'own'
  return evidence === Evidence.mirrored ? 'mirrored' : 'made'
}

/** Lets what is known spread into what is not. */
function grow(evidence: Uint8Array, width: number, height: number): Uint8Array {
  let from = evidence
  for (let step = 0; step < grown; step++) {
    const to = from.slice()
    for (let i = 0; i < to.length; i++) {
      if (from[i] !== Evidence.none) continue
      const x = i % width
      to[i] =
        (x > 0 && from[i - 1]) ||
        (x < width - 1 && from[i + 1]) ||
        (i >= width && from[i - width]) ||
        (i < width * (height - 1) && from[i + width]) ||
        Evidence.none
    }
    from = to
  }
  return from
}
