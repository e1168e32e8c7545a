import {
  type Command,
  type Hello,
  type News,
  protocolVersion,
  readNews,
  readRefusal,
  readWindowMessage,
  type Settings,
  versionMismatch,
} from './protocol.ts'

/** A frame that has loaded greets at once; one that the browser refused to show looks loaded, too. */
const secondsAfterLoad = 4
const secondsInAll = 30

interface Options {
  /** Origin of the service. */
  service: string
  siteKey: string
  /** Asked when the frame greets. */
  settings(): Settings
  /** What the frame says, in order. */
  heard(news: News): void
  /** There is no frame, or none that is understood. The connection has ended. */
  failed(code: string, message: string): void
}

/** The host page's end: loads the app into a frame and talks to it. See protocol.ts. */
export class Connection {
  readonly #frame: HTMLIFrameElement
  readonly #options: Options
  #port: MessagePort | null = null
  readonly #waiting = new Map<Command['type'], Command>()
  #timers: ReturnType<typeof setTimeout>[] = []

  /** @param frame stands in the document, empty */
  constructor(frame: HTMLIFrameElement, options: Options) {
    this.#frame = frame
    this.#options = options
    window.addEventListener('message', this.#onMessage)
    document.addEventListener('securitypolicyviolation', this.#onViolation)
    frame.addEventListener('load', this.#onLoad)
    const { service, siteKey } = options
    this.#failAfter(secondsInAll, 'timeout', `${service} did not answer within ${secondsInAll} s.`)
    // Behind the # it is not sent. The frame speaks to this origin alone.
    const address = new URL(`/widget/frame?key=${encodeURIComponent(siteKey)}`, service)
    address.hash = new URLSearchParams({ origin: location.origin }).toString()
    frame.src = address.href
  }

  /** What is sent before the frame is there waits for it, the newest of each kind. */
  send(command: Command): void {
    if (this.#port) {
      this.#port.postMessage(command)
    } else {
      this.#waiting.delete(command.type)
      this.#waiting.set(command.type, command)
    }
  }

  end(): void {
    window.removeEventListener('message', this.#onMessage)
    document.removeEventListener('securitypolicyviolation', this.#onViolation)
    this.#frame.removeEventListener('load', this.#onLoad)
    this.#stopTimers()
    this.#port?.close()
    this.#port = null
  }

  /** Messages between windows: only those of this frame, while it shows a document of the service. */
  #onMessage = ({ source, origin, data }: MessageEvent) => {
    if (source !== this.#frame.contentWindow || origin !== this.#options.service) return
    const message = readWindowMessage(data)
    if (!message) return
    if (message.version !== protocolVersion) {
      this.#fail('version', versionMismatch(protocolVersion, message.version))
    } else if (message.facerefiner === 'greeting') {
      this.#shakeHands()
    } else {
      const refusal = readRefusal(data)
      if (refusal) this.#fail(refusal.code, refusal.message)
    }
  }

  /** A frame that was loaded anew greets anew, and gets a new channel. */
  #shakeHands() {
    this.#stopTimers()
    this.#port?.close()
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => {
      const news = readNews(data)
      if (news) this.#options.heard(news)
    }
    this.#port = port1
    const settings = this.#options.settings()
    const hello: Hello = { facerefiner: 'hello', version: protocolVersion, settings }
    this.#frame.contentWindow?.postMessage(hello, this.#options.service, [port2])
    for (const command of this.#waiting.values()) port1.postMessage(command)
    this.#waiting.clear()
  }

  #onLoad = () => {
    if (this.#port) return
    const { service } = this.#options
    this.#failAfter(
      secondsAfterLoad,
      'refused',
      `The frame of ${service} did not answer: the site key may be bound to other origins than ${location.origin}. ` +
        `The service's operator makes one for it: npm run keys -- create --origin ${location.origin}`,
    )
  }

  #onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    const { service } = this.#options
    const isFrame = effectiveDirective === 'frame-src' && URL.canParse(blockedURI)
    if (!isFrame || new URL(blockedURI).origin !== service) return
    const words = `This page's content security policy forbids frames of ${service}: add frame-src ${service}`
    this.#fail('host-policy', words)
  }

  #failAfter(seconds: number, code: string, message: string) {
    this.#timers.push(setTimeout(() => this.#fail(code, message), seconds * 1000))
  }

  #stopTimers() {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer)
  }

  #fail(code: string, message: string) {
    this.end()
    this.#options.failed(code, message)
  }
}
