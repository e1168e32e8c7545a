import type { FaceViewer } from '../viewer/face-viewer.ts'

/** The first that the browser can write: MP4 plays everywhere. */
const types = ['video/mp4;codecs=avc1.42001f', 'video/mp4', 'video/webm;codecs=vp9', 'video/webm']

/** Pixels: the longest side of a film. */
const largest = 1080

/** Films what a viewer shows. */
export class Film {
  readonly #viewer: FaceViewer
  readonly #canvas = document.createElement('canvas')
  readonly #recorder: MediaRecorder
  readonly #parts: Blob[] = []
  readonly #wall: string

  /** Null where the browser writes no films. */
  static start(viewer: FaceViewer): Film | null {
    const type = globalThis.MediaRecorder && types.find((type) => MediaRecorder.isTypeSupported(type))
    return type ? new Film(viewer, type) : null
  }

  private constructor(viewer: FaceViewer, mimeType: string) {
    this.#viewer = viewer
    const shown = viewer.querySelector('canvas')!
    const scale = Math.min(1, largest / Math.max(shown.width, shown.height))
    // Encoders want even sides.
    this.#canvas.width = 2 * Math.round((scale * shown.width) / 2)
    this.#canvas.height = 2 * Math.round((scale * shown.height) / 2)
    this.#wall = colourOf('--backdrop', viewer)
    this.#draw()
    this.#recorder = new MediaRecorder(this.#canvas.captureStream(), { mimeType, videoBitsPerSecond: 6e6 })
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#parts.push(data))
    this.#recorder.start()
    viewer.addEventListener('drawn', this.#draw)
  }

  /** A canvas that gets bitmaps cannot be filmed itself, and has no background. */
  #draw = () => {
    const { width, height } = this.#canvas
    const context = this.#canvas.getContext('2d')!
    context.fillStyle = this.#wall
    context.fillRect(0, 0, width, height)
    const shown = this.#viewer.querySelector('canvas')
    if (shown?.width) context.drawImage(shown, 0, 0, width, height)
  }

  /** @returns MP4 or WebM, as its type says */
  async stop(): Promise<Blob> {
    this.#viewer.removeEventListener('drawn', this.#draw)
    const stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }))
    this.#recorder.stop()
    await stopped
    for (const track of this.#recorder.stream.getTracks()) track.stop()
    return new Blob(this.#parts, { type: this.#recorder.mimeType.split(';')[0] })
  }
}

/** A custom property as a colour that a canvas understands. */
function colourOf(property: string, within: Element): string {
  const probe = document.createElement('i')
  probe.style.color = `var(${property})`
  within.appendChild(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
