import * as Comlink from 'comlink'
import type { Movement } from '../../head/expressions/movement.ts'
import { type Running, running } from '../workers.ts'
import { NewFrames } from './new-frames.ts'
import type { SeenFrame, TrackerWorker } from './tracker.worker.ts'

/** Enough for a face at arm's length; the network sees 256 pixels of it. */
const wanted: MediaTrackConstraints = { facingMode: 'user', width: { ideal: 640 }, height: { ideal: 480 } }

/**
 * A webcam whose frames are tracked in a worker, one at a time. The video itself holds what waits: a frame that comes while one
 * is computed takes the place of the one before it.
 */
export class CameraTracking {
  readonly #stream: MediaStream
  readonly #worker: Running<TrackerWorker>
  readonly #video: HTMLVideoElement
  readonly #frames: NewFrames
  #stopped = false

  private constructor(stream: MediaStream, worker: Running<TrackerWorker>, video: HTMLVideoElement) {
    this.#stream = stream
    this.#worker = worker
    this.#video = video
    this.#frames = new NewFrames(video)
  }

  /**
   * Asks for the camera, while the networks load.
   *
   * @param video shows its picture
   * @param morphs of the head that is to move
   * @throws DOMException where there is no camera, or it may not be used; ModelError where the networks cannot be had
   */
  static async start(video: HTMLVideoElement, morphs: Movement['morphs']): Promise<CameraTracking> {
    const worker = running<TrackerWorker>(
      new Worker(new URL('./tracker.worker.ts', import.meta.url), { type: 'module', name: 'tracker' }),
    )
    const started = worker.api.start(morphs)
    // Whoever says no to the camera hears of that alone.
    started.catch(() => {})
    let stream: MediaStream | null = null
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted })
      video.srcObject = stream
      await video.play()
      await started
      return new CameraTracking(stream, worker, video)
    } catch (error) {
      worker.terminate()
      if (stream) release(stream)
      throw error
    }
  }

  /**
   * Tracks until it is stopped.
   *
   * @param onSeen called with each frame that was tracked, and when it was taken (milliseconds, as performance.now())
   * @throws Error where the camera is taken away or the worker fails
   */
  async follow(onSeen: (seen: SeenFrame, taken: number) => void): Promise<void> {
    for (const track of this.#stream.getTracks())
      track.addEventListener('ended', () => this.#frames.fail(new Error('the camera was taken away')))
    for (;;) {
      await this.#frames.next()
      if (this.#stopped) return
      const taken = performance.now()
      const frame = await createImageBitmap(this.#video)
      const seen = await this.#worker.api.track(Comlink.transfer(frame, [frame]), taken / 1000)
      if (this.#stopped) return
      onSeen(seen, taken)
    }
  }

  /** The next still second is the person's neutral. */
  relearn(): void {
    // A worker that has died fails the next frame too, and is heard there.
    this.#worker.api.relearn().catch(() => {})
  }

  /** Gives the camera back. */
  stop(): void {
    this.#stopped = true
    this.#frames.stop()
    release(this.#stream)
    this.#video.srcObject = null
    this.#worker.terminate()
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
