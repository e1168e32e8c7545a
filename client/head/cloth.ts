/** The colour of what somebody wears, from the photo. */

import { median } from '../image/statistics.ts'
import type { Regions } from './regions.ts'
import type { HeadView } from './view.ts'
import { viewStep } from './view.ts'
import type { LandmarkPlaces } from './view-places.ts'

/** sRGB-encoded, 0..1: where nothing is seen of it, */
const usual = [0.13, 0.13, 0.15]
/** and in a photo without colours. */
const neutral = [0.25, 0.25, 0.25]
/** Neither black nor white would show the cloth's shape. */
const [darkest, brightest] = [0.14, 0.9]
/** A pixel that is surer than this of being cloth, and lies this far below the chin at least, counts: centimetres. */
const [sure, below] = [0.6, 2]
/** Less sure of being the person's it is the scene's. */
const leastPerson = 0.3
/** Fewer square centimetres tell no colour. */
const fewest = 12
/** Photos whose pixels differ by less than this between their channels, of 255, have no colours. */
const colourless = 4
/** Log units within which colours are shades of one. */
const alike = 0.5
const grey = [0, 0, 0]
/** At most so many pixels are compared with each other. */
const looks = 600

/** Where {@link Regions} see skin as far from the face's colour as this, log units, it is cloth of a like colour: an orange suit. */
const skinLike = 0.25

/** @returns sRGB-encoded, 0..1: the commonest colour of what is cloth in the photo */
export function clothColour(
  { colour, shown, person, width }: Pick<HeadView, 'colour' | 'shown' | 'person' | 'width'>,
  { cloth, skin, face }: Pick<Regions, 'cloth' | 'skin' | 'face'>,
  { chin }: Pick<LandmarkPlaces, 'chin'>,
): readonly number[] {
  const at = (i: number) => [0, 1, 2].map((c) => Math.log(colour[3 * i + c] + 8))
  const ofFace = middleOf([...face.keys()].filter((i) => face[i] && shown[i] && i % 7 === 0).map(at))
  const log: number[][] = []
  for (let i = Math.ceil(chin + below / viewStep) * width; i < cloth.length; i++) {
    if (!shown[i] || cloth[i] + skin[i] < sure || person[i] < leastPerson) continue
    const values = at(i)
    if (cloth[i] > sure || chromaBetween(values, ofFace) > skinLike) log.push(values)
  }
  if (log.length * viewStep ** 2 < fewest) return isColourless(colour) ? neutral : usual
  return middleOf(mostAlike(log)).map((value) =>
    Math.min(brightest, Math.max(darkest, (Math.exp(value) - 8) / 255)),
  )
}

/** @param colours n x 3 */
function middleOf(colours: number[][]): number[] {
  return [0, 1, 2].map((c) => {
    const values = colours.map((colour) => colour[c])
    return median(values, 1) ?? 0
  })
}

/** Between two colours without regard to their brightness. */
function chromaBetween(one: number[], other: number[]): number {
  return Math.hypot(...[0, 2].map((c) => one[c] - one[1] - (other[c] - other[1])))
}

/** The largest set of colours that are like one of them. What has a hue counts more: grey may be the scene's, or a shadow. */
function mostAlike(colours: number[][]): number[][] {
  const some = colours.filter((_, i) => i % Math.ceil(colours.length / looks) === 0)
  const sets = some.map((one) => {
    const like = some.filter(
      (other) => (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2 < alike ** 2,
    )
    return { like, counts: like.length * (1 + chromaBetween(one, grey)) }
  })
  return sets.reduce((best, set) => (set.counts > best.counts ? set : best)).like
}

/** @param colour P x 3, 0..255 */
function isColourless(colour: Float32Array): boolean {
  let off = 0
  for (let i = 0; i < colour.length; i += 3)
    off += Math.abs(colour[i] - colour[i + 1]) + Math.abs(colour[i + 2] - colour[i + 1])
  return off / (colour.length / 3) < 2 * colourless
}
