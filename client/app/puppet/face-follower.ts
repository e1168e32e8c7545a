import type { Crop } from '../../capture/find/crop.ts'
import { detectInImage } from '../../capture/find/detect.ts'
import { cropAround, cropOf, landmarksInImage } from '../../capture/find/landmarks.ts'
import type { Networks } from '../../capture/find/tfjs.ts'

/** Of one look, least face flag of a face that was not followed before; what is no face seldom has as much. */
const leastFound = 6
/** Least flag of one that was: it falls as a head turns (see reading.ts), and it is known to be a face. */
const leastKept = 0

/** Cuts a crop out of the frame: 256 x 256 x 3, sRGB-encoded, 0..1. */
export type Cut = (crop: Crop) => Float32Array

/**
 * The largest face of a film. The landmarks of one frame say where the next frame's are looked for: one run of one network a
 * frame. Only where nobody was followed the whole frame is searched.
 */
export class FaceFollower {
  readonly #networks: Networks
  #crop: Crop | null = null

  constructor(networks: Networks) {
    this.#networks = networks
  }

  /** @returns 478 x 3: px, py (down), pz (smaller = nearer), frame pixels; null: nobody is seen */
  async next(cut: Cut, { width, height }: { width: number; height: number }): Promise<Float32Array | null> {
    const followed = this.#crop && (await this.#look(cut, this.#crop, leastKept))
    if (followed) return followed
    const whole = { x: width / 2, y: height / 2, side: Math.max(width, height), angle: 0 }
    const found = await detectInImage(cut(whole), whole, this.#networks)
    const face = found.toSorted((a, b) => b.width * b.height - a.width * a.height).at(0)
    if (!face || !(await this.#look(cut, cropOf(face), leastFound))) return null
    // A box is placed less well than a crop around landmarks.
    return this.#look(cut, this.#crop!, leastKept)
  }

  async #look(cut: Cut, crop: Crop, leastFlag: number): Promise<Float32Array | null> {
    const { points, logit } = await landmarksInImage(cut(crop), crop, this.#networks)
    const isFace = logit > leastFlag
    this.#crop = isFace ? cropAround(points) : null
    return isFace ? points : null
  }
}
