/** What the photo tells of the hair: its colour, and whether it falls beside the face. */

import { project } from '../../capture/mesh/camera.ts'
import type { Camera, Unwrap } from '../../face/types.ts'
import { toLog } from '../../image/log-texture.ts'
import type { Photo } from '../../image/photo.ts'
import { bilinear } from '../../image/sample.ts'
import { quantile } from '../../image/statistics.ts'

/** In the log domain of 0..255, see log-texture.ts. */
type LogColour = readonly [red: number, green: number, blue: number]

export interface HairColour {
  /** The middle colour. */
  middle: LogColour
  /** From the darker to the brighter tenth of it, log units. */
  spread: number
}

/** Fewer texels than this share of the layout tell no colour. */
const fewest = 0.001

/**
 * The colour of what is seen on the scalp and is no skin.
 *
 * @param unwrap the photo in the layout of the rest of the head
 * @param likeness N x N, 0..1: has a texel skin's colour?
 * @param onScalp is a texel on the scalp?
 * @param skinLevel brightness of the face's skin, log domain: what is brighter is a highlight on skin or the sky behind, as long
 *   as there is enough else
 * @returns null where too little hair is seen
 */
export function hairColour(
  { weight, sampled, size }: Pick<Unwrap, 'weight' | 'sampled' | 'size'>,
  likeness: Float32Array,
  onScalp: (texel: number) => boolean,
  skinLevel: number,
): HairColour | null {
  const least = fewest * size * size
  const log = toLog(sampled)
  const levelOf = (i: number) => (log[3 * i] + log[3 * i + 1] + log[3 * i + 2]) / 3
  const other = [...weight.keys()].filter((i) => weight[i] > 0.5 && likeness[i] < 0.3 && onScalp(i))
  const darker = other.filter((i) => levelOf(i) < skinLevel)
  const texels = darker.length >= least ? darker : other
  const at = (values: number[], share: number) => quantile(values, share, least)
  const channels = [0, 1, 2].map((c) => texels.map((i) => log[3 * i + c]))
  const [red, green, blue] = channels.map((values) => at(values, 0.5))
  const levels = texels.map(levelOf)
  const [dark, bright] = [at(levels, 0.1), at(levels, 0.9)]
  if (red === null || green === null || blue === null || dark === null || bright === null) return null
  return { middle: [red, green, blue], spread: bright - dark }
}

/** Where hair would hang: this far to the side of the face's widest part, between these heights below the eyes. Centimetres. */
const beside = { from: 0.4, to: 2.4, top: 3, bottom: 11, step: 0.5, depth: -5 }
/** A place is hair where it is the person and its colour is within this of the hair's, log units, brightness counting less. */
const alike = { colour: 0.28, brightness: 0.9, person: 0.6 }

/**
 * How much of the space beside the face is filled with hair, from below the eyes to the chin.
 *
 * @param person height x width of the photo, 0..1
 * @param eyes height of the eyes, `side` where the face is widest; centimetres, head frame
 * @returns shares of the rows on the image's left and right, 0..1; null of a side that the picture does not show
 */
export function hairBeside(
  photo: Photo,
  person: Float32Array,
  camera: Camera,
  { middle }: HairColour,
  { eyes, side }: { eyes: number; side: number },
): [left: number | null, right: number | null] {
  const shares = [-1, 1].map((sign) => {
    let rows = 0
    let filled = 0
    for (let drop = beside.top; drop <= beside.bottom; drop += beside.step) {
      let seen = 0
      let hair = 0
      for (let out = beside.from; out <= beside.to; out += beside.step / 2) {
        const [x, y] = project([sign * (side + out), eyes - drop, beside.depth], camera)
        if (x < 1 || y < 1 || x >= photo.width - 1 || y >= photo.height - 1) continue
        seen++
        if (bilinear(person, photo.width, photo.height, 1, 0, x, y) < alike.person) continue
        const at = 4 * (Math.floor(y) * photo.width + Math.floor(x))
        const offset = middle.map((value, c) => Math.log(photo.data[at + c] + 8) - value)
        const level = (offset[0] + offset[1] + offset[2]) / 3
        const cast = Math.max(...offset.map((value) => Math.abs(value - level)))
        if (cast < alike.colour && Math.abs(level) < alike.brightness) hair++
      }
      if (seen === 0) continue
      rows++
      if (hair > 0.4 * seen) filled++
    }
    return rows < 6 ? null : filled / rows
  })
  return [shares[0], shares[1]]
}
