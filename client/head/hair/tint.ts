import { type HairColour, type LogColour, levelOf } from './hair-colour.ts'

/** Brown: of a style that is asked for where the photo shows no hair. */
const brown: LogColour = [Math.log(70 + 8), Math.log(51 + 8), Math.log(38 + 8)]
export const usualHair: HairColour = { middle: brown, spread: 0.9, shades: [brown] }

/** How far a strand may be darker or brighter than the hair's middle, log units. */
const darkest = -1
const brightest = 0.9
/** A style's own contrast is brought to the photo's by this factor at most, and at least. */
const contrast = { least: 0.5, most: 1.3 }

/**
 * A style's texture in the colour of the photo's hair: its strands, their contrast brought to the photo's.
 *
 * @param rgba height x width x 4, 0..255, grey; transparent texels get the middle colour's course as well
 * @returns height x width x 4, 0..255, opacity unchanged
 */
export function tintHair(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  { middle, spread, shades }: HairColour,
): Uint8ClampedArray<ArrayBuffer> {
  const counts = new Uint32Array(256)
  let strands = 0
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i + 3] <= 128) continue
    counts[rgba[i]]++
    strands++
  }
  if (strands === 0) return rgba
  const at = (share: number) => Math.log(greyAt(counts, share * (strands - 1)) + 8)
  const own = at(0.9) - at(0.1)
  const factor = Math.min(contrast.most, Math.max(contrast.least, own > 0 ? spread / own : 1))
  const usual = levelOf(middle)
  const middleGrey = at(0.5)
  const colours = Array.from({ length: 256 }, (_, grey) => {
    const strand = Math.min(brightest, Math.max(darkest, factor * (Math.log(grey + 8) - middleGrey)))
    return shadeAt(shades, usual + strand)
  })
  const tinted = rgba.slice()
  for (let i = 0; i < rgba.length; i += 4) tinted.set(colours[rgba[i]], i)
  return tinted
}

/** The grey at a place among all of them, sorted. */
function greyAt(counts: Uint32Array, place: number): number {
  let below = 0
  return counts.findIndex((count) => {
    below += count
    return below > place
  })
}

/** The colour of strands of a brightness, 0..255. @param shades from the darkest to the brightest */
function shadeAt(shades: readonly LogColour[], level: number): number[] {
  const above = shades.findIndex((shade) => levelOf(shade) >= level)
  if (above > 0) {
    const [from, to] = [shades[above - 1], shades[above]]
    const share = (level - levelOf(from)) / (levelOf(to) - levelOf(from))
    return from.map((value, c) => Math.round(Math.exp(value + share * (to[c] - value)) - 8))
  }
  // Beyond them as a factor: a darker strand is no greener.
  const end = above === 0 ? shades[0] : shades[shades.length - 1]
  const encoded = (log: number) => Math.max(1, Math.exp(log) - 8)
  const times = encoded(level) / encoded(levelOf(end))
  return end.map((value) => Math.round(times * (Math.exp(value) - 8)))
}
