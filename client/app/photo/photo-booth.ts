import { texts } from '../texts/index.ts'

/**
 * `<photo-booth>`: the webcam's picture, mirrored as in a mirror, and its shutter. The photo itself is not mirrored.
 *
 * Events: `ready` where there is a picture, `photo` (detail: File), `unavailable` (detail: one sentence), `leave` (Escape).
 */
export class PhotoBooth extends HTMLElement {
  #video = document.createElement('video')
  #stream: MediaStream | null = null

  async connectedCallback() {
    Object.assign(this.#video, { muted: true, playsInline: true, autoplay: true })
    this.#video.setAttribute('aria-label', texts().camera.picture)
    this.replaceChildren(this.#video)
    document.addEventListener('keydown', this.#onKey, true)
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'user', width: { ideal: 1920 }, height: { ideal: 1080 } },
      })
      if (!this.isConnected) return stop(stream)
      this.#stream = stream
      this.#video.srcObject = stream
      await this.#video.play()
      this.dispatchEvent(new CustomEvent('ready'))
    } catch (error) {
      if (this.isConnected) this.dispatchEvent(new CustomEvent('unavailable', { detail: whyNot(error) }))
    }
  }

  /** What readers call the picture. Set at each drawing of the page, whose language may change. */
  set label(label: string) {
    this.#video.ariaLabel = label
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.#onKey, true)
    if (this.#stream) stop(this.#stream)
    this.#stream = null
  }

  /** Before a page around this one hears of it, which Escape would close. */
  #onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    this.dispatchEvent(new CustomEvent('leave'))
  }

  /** Takes the picture; nothing happens before the first frame. */
  async shoot() {
    const { videoWidth: width, videoHeight: height } = this.#video
    if (!width) return
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')!.drawImage(this.#video, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    const file = new File([blob], 'webcam.png', { type: blob.type })
    this.dispatchEvent(new CustomEvent('photo', { detail: file }))
  }
}

function stop(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop()
}

function whyNot(error: unknown): string {
  const { denied, none, failed } = texts().camera
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError') return denied
  return name === 'NotFoundError' ? none : failed
}

customElements.define('photo-booth', PhotoBooth)
