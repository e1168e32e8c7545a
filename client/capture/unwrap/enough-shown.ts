/** Where a photo shows next to nothing of a face, the texture would be a stranger's: then it is refused. */

import { Evidence } from '../../face/evidence.ts'
import type { FaceView, Unwrap } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import type { Raster } from '../mesh/rasterize.ts'
import { texelSources } from './texel-sources.ts'

/** Share of the face that the photo has to show. */
const least = 0.12
/** Levels (0..1) beyond which all channels of a pixel are burnt out or black: nothing is seen there. */
const exposed = { darkest: 4 / 255, brightest: 252 / 255 }

/** Why a photo does not show a face. */
type Cause = 'painted' | 'beyond' | 'bright' | 'dark' | 'turned'

const because: Record<Cause, (percent: number) => string> = {
  painted: (percent) => `${percent}% of it are painted over: take some of that back`,
  beyond: (percent) => `${percent}% of it lie beyond the photo’s border: use a photo of the whole face`,
  bright: (percent) => `${percent}% of it are burnt out to white: use a photo with less light on the face`,
  dark: (percent) => `${percent}% of it are black: use a photo with more light on the face`,
  turned: () => 'use a photo that shows it from the front or half turned, with nothing in front of it',
}

/** Where the face's pixels are in the photo. */
export interface Sight {
  view: FaceView
  /** The mesh in the view's pixels. */
  raster: Raster
  photo: Photo
  /** height x width of the photo, not 0 where it was painted over. */
  distrust?: Uint8Array
}

/**
 * Refuses a photo that shows too little of the face.
 *
 * @throws CaptureError `little-shown`, with `shown`, `needed` and `share` in percent and the `cause` in its details
 */
export function requireEnoughShown(unwrap: Unwrap, sight: Sight): void {
  const { source } = texelSources(unwrap)
  let covered = 0
  let shown = 0
  for (let i = 0; i < source.length; i++) {
    if (!unwrap.coverage[i]) continue
    covered++
    if (source[i] === Evidence.own && exposure(unwrap.sampled, i) === null) shown++
  }
  const share = shown / Math.max(1, covered)
  if (share >= least) return
  const { cause, of } = mainCause(sight)
  const [percentShown, percentOf] = [share, of].map((value) => Math.round(100 * value))
  throw new CaptureError(
    'little-shown',
    `The photo shows ${percentShown}% of this face, and ${100 * least}% are needed: ${because[cause](percentOf)}.`,
    { shown: percentShown, needed: 100 * least, cause, share: percentOf },
  )
}

/** The cause that takes most of the face's pixels, and its share of them. */
function mainCause({ view, photo: { width, height }, raster, distrust }: Sight) {
  const counts: Record<Cause, number> = { painted: 0, beyond: 0, bright: 0, dark: 0, turned: 0 }
  let face = 0
  for (let i = 0; i < raster.triangle.length; i++) {
    if (raster.triangle[i] < 0) continue
    face++
    const x = Math.floor(view.left + ((i % view.size) + 0.5) * view.step)
    const y = Math.floor(view.top + (Math.floor(i / view.size) + 0.5) * view.step)
    if (x < 0 || y < 0 || x >= width || y >= height) counts.beyond++
    else if (distrust?.[y * width + x]) counts.painted++
    else {
      const level = exposure(view.photo, i)
      if (level) counts[level]++
    }
  }
  const [cause, count] = (Object.entries(counts) as [Cause, number][]).reduce((a, b) => (b[1] > a[1] ? b : a))
  const of = count / Math.max(1, face)
  // Where even that is little, the face is turned away or something is in front of it.
  return of > 0.2 ? { cause, of } : { cause: 'turned' as const, of: 0 }
}

/** @param image pixels x 3, 0..1 */
function exposure(image: Float32Array, i: number): 'bright' | 'dark' | null {
  const [r, g, b] = [image[3 * i], image[3 * i + 1], image[3 * i + 2]]
  if (Math.min(r, g, b) > exposed.brightest) return 'bright'
  return Math.max(r, g, b) < exposed.darkest ? 'dark' : null
}
