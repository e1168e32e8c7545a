/** Tells when a video has a frame that was not there before. */
export class NewFrames {
  readonly #video: HTMLVideoElement
  #request: number
  #isThere = false
  #wanted: (() => void) | null = null

  constructor(video: HTMLVideoElement) {
    this.#video = video
    this.#request = video.requestVideoFrameCallback(this.#onFrame)
  }

  /** Resolves with the next frame; at once where one has come since the last call. Not to be called again before. */
  async next(): Promise<void> {
    if (!this.#isThere)
      await new Promise<void>((resolve) => {
        this.#wanted = resolve
      })
    this.#isThere = false
  }

  /** Lets go who waits. */
  stop(): void {
    this.#video.cancelVideoFrameCallback(this.#request)
    this.#wanted?.()
  }

  #onFrame = () => {
    this.#request = this.#video.requestVideoFrameCallback(this.#onFrame)
    this.#isThere = true
    this.#wanted?.()
    this.#wanted = null
  }
}
