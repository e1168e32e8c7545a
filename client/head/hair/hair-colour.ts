import { quantile } from '../../image/statistics.ts'

/** In the log domain of 0..255, see log-texture.ts. */
type LogColour = readonly [red: number, green: number, blue: number]

export interface HairColour {
  /** The usual colour. */
  middle: LogColour
  /** From the darker to the brighter tenth of it, log units. */
  spread: number
}

/** Hair is as bright as this share of it, what is brighter being the light on it. */
const usualShare = 0.45
/** Fewer pixels tell no colour. */
const fewest = 60

/**
 * The colour of hair: its median in each channel, as bright as most of it is.
 *
 * @param colour P x 3, sRGB-encoded, 0..255
 * @param pixels of the hair, well within it: edges are mixed with what lies behind
 * @returns null: too few to tell
 */
export function hairColour(colour: Float32Array, pixels: readonly number[]): HairColour | null {
  const log = pixels.map((i) => [0, 1, 2].map((c) => Math.log(colour[3 * i + c] + 8)))
  const levels = log.map(([r, g, b]) => (r + g + b) / 3)
  const at = (values: number[], share: number) => quantile(values, share, fewest)
  const [red, green, blue] = [0, 1, 2].map((c) =>
    at(
      log.map((channels) => channels[c]),
      0.5,
    ),
  )
  const [dark, usual, bright] = [0.1, usualShare, 0.9].map((share) => at(levels, share))
  if (red === null || green === null || blue === null || dark === null || usual === null || bright === null)
    return null
  const brighter = usual - (red + green + blue) / 3
  return { middle: [red + brighter, green + brighter, blue + brighter], spread: bright - dark }
}
