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
 * @param rgba height x width x 4, 0..255; transparent texels get the middle colour's course as well
 * @returns height x width x 4, 0..255, opacity unchanged
 */
export function tintHair(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  { middle, spread, shades }: HairColour,
): Uint8ClampedArray<ArrayBuffer> {
  const levels = new Float32Array(rgba.length / 4)
  for (let i = 0; i < levels.length; i++)
    levels[i] = Math.log(0.299 * rgba[4 * i] + 0.587 * rgba[4 * i + 1] + 0.114 * rgba[4 * i + 2] + 8)
  const opaque = levels.filter((_, i) => rgba[4 * i + 3] > 128).sort()
  if (opaque.length === 0) return rgba
  const at = (share: number) => opaque[Math.floor(share * (opaque.length - 1))]
  const own = at(0.9) - at(0.1)
  const factor = Math.min(contrast.most, Math.max(contrast.least, own > 0 ? spread / own : 1))
  const usual = levelOf(middle)
  const tinted = rgba.slice()
  for (let i = 0; i < levels.length; i++) {
    const strand = Math.min(brightest, Math.max(darkest, factor * (levels[i] - at(0.5))))
    tinted.set(shadeAt(shades, usual + strand), 4 * i)
  }
  return tinted
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
