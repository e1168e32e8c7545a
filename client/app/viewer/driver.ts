import { isSamePose, type Pose } from './pose.ts'

/** Drives the head that is shown from elsewhere, as often as it likes: the viewer draws its newest pose. */
export class Driver {
  #pose: Pose | null = null
  /** Called where the pose has changed. */
  changed = () => {}

  /** What the head does, and nothing else; null: it is left to itself. */
  get pose(): Pose | null {
    return this.#pose
  }

  set pose(pose: Pose | null) {
    if (isSamePose(pose, this.#pose)) return
    this.#pose = pose
    this.changed()
  }
}
