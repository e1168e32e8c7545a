import type { HairColour } from './hair-colour.ts'

/** Brown: of a style that is asked for where the photo shows no hair. */
export const usualHair: HairColour = {
  middle: [Math.log(70 + 8), Math.log(51 + 8), Math.log(38 + 8)],
  spread: 0.9,
}

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
  { middle, spread }: HairColour,
): Uint8ClampedArray<ArrayBuffer> {
  const levels = new Float32Array(rgba.length / 4)
  for (let i = 0; i < levels.length; i++)
    levels[i] = Math.log(0.299 * rgba[4 * i] + 0.587 * rgba[4 * i + 1] + 0.114 * rgba[4 * i + 2] + 8)
  const opaque = levels.filter((_, i) => rgba[4 * i + 3] > 128).sort()
  if (opaque.length === 0) return rgba
  const at = (share: number) => opaque[Math.floor(share * (opaque.length - 1))]
  const own = at(0.9) - at(0.1)
  const factor = Math.min(contrast.most, Math.max(contrast.least, own > 0 ? spread / own : 1))
  const usual = (middle[0] + middle[1] + middle[2]) / 3
  const level = (log: number) => Math.max(1, Math.exp(log) - 8)
  const usualLevel = level(usual)
  const middleLevel = at(0.5)
  const colour = middle.map((value) => Math.exp(value) - 8)
  const tinted = rgba.slice()
  for (let i = 0; i < levels.length; i++) {
    const strand = Math.min(brightest, Math.max(darkest, factor * (levels[i] - middleLevel)))
    // As a factor: a darker strand is no greener.
    const times = level(usual + strand) / usualLevel
    for (let c = 0; c < 3; c++) tinted[4 * i + c] = Math.round(times * colour[c])
  }
  return tinted
}
