import type { Pixels } from '../pixels.ts'
import type { Face } from './drawing.ts'

/** Seconds that a texture takes to fade in, and the glow to come and go. */
export const fadeSeconds = 0.6
/** Seconds from one breath of the glow to the next, and its least and its greatest strength, 0..1. */
const breath = { seconds: 3.2, least: 0.25, greatest: 0.6 }

type Shown = Pick<Face, 'texture' | 'evidence' | 'coming'>

/** How a texture that is being made comes to be seen: its place glows, and what takes that's place fades in over it. */
export class Appearing {
  #shine = 0
  #breathed = 0
  #under: Pixels | null = null
  #share = 0

  /** Another face takes the place of one. */
  change(from: Shown | null, to: Shown | null): void {
    const hasCome = from?.coming !== undefined && to !== null && to.coming === undefined && !to.evidence
    const isOther = from?.texture !== to?.texture && from?.texture.data.length === to?.texture.data.length
    const fades = hasCome && isOther
    this.#under = fades ? from.texture : null
    this.#share = fades ? 1 : 0
  }

  /**
   * Time passes.
   *
   * @param seconds since the last step
   * @param isComing does what is shown glow?
   * @param moves false: nothing comes or goes by and by
   * @returns does it look other than before?
   */
  step(seconds: number, isComing: boolean, moves: boolean): boolean {
    const { glow, fading } = this
    // After a rest, and on a slow machine, a part of it is to be seen all the same.
    const share = moves ? Math.min(0.34, seconds / fadeSeconds) : 1
    this.#shine = isComing ? Math.min(1, this.#shine + share) : Math.max(0, this.#shine - share)
    this.#breathed = moves && isComing ? this.#breathed + seconds : this.#breathed
    this.#share = Math.max(0, this.#share - share)
    return this.glow !== glow || this.fading?.share !== fading?.share
  }

  /** How strongly it glows, 0..1. */
  get glow(): number {
    const swing = (1 + Math.sin((2 * Math.PI * this.#breathed) / breath.seconds)) / 2
    return this.#shine * (breath.least + (breath.greatest - breath.least) * swing)
  }

  /** What is still to be seen of the texture before, 0..1; null: nothing. */
  get fading(): { texture: Pixels; share: number } | null {
    return this.#under && this.#share > 0 ? { texture: this.#under, share: this.#share } : null
  }
}
