import { median } from '../../image/statistics.ts'

/** In the log domain of 0..255, see log-texture.ts. */
export type LogColour = readonly [red: number, green: number, blue: number]

export interface HairColour {
  /** The usual colour. */
  middle: LogColour
  /** From the darker to the brighter tenth of it, log units. */
  spread: number
  /** From its dark strands to the bright ones, at least one. They differ in more than brightness: a highlight is paler. */
  shades: readonly LogColour[]
}

/** Hair is as bright as this share of it, what is brighter being the light on it. */
const usualShare = 0.45
/** Shades are taken at these shares of the pixels, from the darkest, over this much to each side: the brightest are often light from behind. */
const shadeShares = [0.1, 0.3, 0.5, 0.66]
const shadeReach = 0.08
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
  if (pixels.length < fewest) return null
  const logs = pixels.map((i) => logColour(colour, i))
  const sorted = logs.toSorted((a, b) => levelOf(a) - levelOf(b))
  const at = (share: number) => Math.min(sorted.length - 1, Math.floor(share * sorted.length))
  const [dark, usual, bright] = [0.1, usualShare, 0.9].map((share) => levelOf(sorted[at(share)]))
  const middle = medianColour(sorted)
  return {
    middle: brightened(middle, usual - levelOf(middle)),
    spread: bright - dark,
    shades: shadeShares.map((share) =>
      medianColour(sorted.slice(at(share - shadeReach), at(share + shadeReach) + 1)),
    ),
  }
}

/** @param colour P x 3, sRGB-encoded, 0..255 */
export function logColour(colour: ArrayLike<number>, pixel: number): LogColour {
  return [
    Math.log(colour[3 * pixel] + 8),
    Math.log(colour[3 * pixel + 1] + 8),
    Math.log(colour[3 * pixel + 2] + 8),
  ]
}

/** Its brightness: the mean of its channels. */
export function levelOf([red, green, blue]: LogColour): number {
  return (red + green + blue) / 3
}

/** @param by log units */
export function brightened([red, green, blue]: LogColour, by: number): LogColour {
  return [red + by, green + by, blue + by]
}

/** The median in each channel. */
function medianColour(colours: readonly LogColour[]): LogColour {
  const channel = (c: number) =>
    median(
      colours.map((colour) => colour[c]),
      1,
    )!
  return [channel(0), channel(1), channel(2)]
}
