import { networks } from '../../capture/find/tfjs.ts'
import { canonicalFace } from '../../capture/mesh/canonical.ts'
import type { Movement } from '../../head/expressions/movement.ts'
import { browserStore } from '../../runtime/store.ts'
import { serveWorker } from '../serve-worker.ts'
import { FaceFollower } from './face-follower.ts'
import { type Frame, FrameCrop } from './frame-crop.ts'
import { landmarkShapes } from './landmark-shapes.ts'
import { type Tracked, Tracker } from './tracker.ts'

/** Where the camera's frames become expressions: nothing of a frame leaves it but landmarks. */
export interface TrackerWorker {
  /**
   * Loads the networks.
   *
   * @param morphs of the head that is to move: its expressions are looked for
   * @throws ModelError where they cannot be had
   */
  start(morphs: Movement['morphs']): Promise<void>
  /** One frame at a time; it is closed here. @param seconds when it was taken */
  track(frame: Frame, seconds: number): Promise<SeenFrame>
  /** The next still second is this person's neutral. */
  relearn(): void
}

export interface SeenFrame {
  tracked: Tracked
  /** 478 x 3, frame pixels; null: nobody is seen */
  landmarks: Float32Array | null
  /** What it took. */
  milliseconds: number
}

const input = new FrameCrop(256)
let follower: FaceFollower
let tracker: Tracker

const trackerWorker: TrackerWorker = {
  async start(morphs) {
    const store = browserStore()
    const [nets, canonical] = await Promise.all([networks(store), canonicalFace(store)])
    follower = new FaceFollower(nets)
    tracker = new Tracker(landmarkShapes(morphs), canonical)
  },

  async track(frame, seconds) {
    const start = performance.now()
    const [width, height] =
      'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height]
    const landmarks = await follower
      .next((crop) => input.of(frame, crop), { width, height })
      .finally(() => frame.close())
    return { tracked: tracker.next(landmarks, seconds), landmarks, milliseconds: performance.now() - start }
  },

  relearn: () => tracker.relearn(),
}

serveWorker(trackerWorker)
