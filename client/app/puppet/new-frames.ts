/** Tells when a video has a frame that was not there before. */
export class NewFrames {
  readonly #video: Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>
  #request: number
  #isThere = false
  #wanted: PromiseWithResolvers<void> | null = null
  #failure: Error | null = null

  constructor(video: Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>) {
    this.#video = video
    this.#request = video.requestVideoFrameCallback(this.#onFrame)
  }

  /**
   * Resolves with the next frame; at once where one has come since the last call. Not to be called again before.
   *
   * @throws what {@link fail} was told
   */
  async next(): Promise<void> {
    if (this.#failure) throw this.#failure
    if (!this.#isThere) {
      this.#wanted = Promise.withResolvers()
      await this.#wanted.promise
    }
    this.#isThere = false
  }

  /** There will be no more frames. */
  fail(error: Error): void {
    this.#failure = error
    this.#wanted?.reject(error)
    this.#wanted = null
  }

  /** Lets go who waits. */
  stop(): void {
    this.#video.cancelVideoFrameCallback(this.#request)
    this.#wanted?.resolve()
    this.#wanted = null
  }

  #onFrame = () => {
    this.#request = this.#video.requestVideoFrameCallback(this.#onFrame)
    this.#isThere = true
    this.#wanted?.resolve()
    this.#wanted = null
  }
}
