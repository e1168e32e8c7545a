import {
  type Command,
  type News,
  protocolVersion,
  type Refusal,
  readCommand,
  readHello,
  readWindowMessage,
  type Settings,
  versionMismatch,
  type WindowMessage,
} from './protocol.ts'

export interface Host {
  /** Of the page, as the browser vouches for it. */
  origin: string
  tell(news: News): void
}

/**
 * The frame's end: greets the page around it and takes its commands. See protocol.ts.
 *
 * That page wrote its origin into the frame's address. Were it another's, the greeting would not be delivered and nothing
 * would be taken from it; whether the origin may use the widget at all was decided by the browser (frame-ancestors).
 *
 * @param hello called with the page's settings once it has answered, and again should its element connect anew
 */
export function greetHost(
  hello: (settings: Settings, host: Host) => void,
  heard: (command: Command) => void,
): void {
  const origin = new URLSearchParams(location.hash.slice(1)).get('origin')
  if (window.parent === window || !origin || !isOrigin(origin)) return
  let channel: MessagePort | null = null
  window.addEventListener('message', ({ source, origin: sender, data, ports: [port] }) => {
    if (source !== window.parent || sender !== origin) return
    const message = readWindowMessage(data)
    if (message?.facerefiner !== 'hello') return
    if (message.version !== protocolVersion) {
      const words = versionMismatch(message.version, protocolVersion)
      return send({ facerefiner: 'refusal', version: protocolVersion, code: 'version', message: words })
    }
    const greeted = readHello(data)
    if (!greeted || !port) return
    channel?.close()
    channel = port
    port.onmessage = ({ data }) => {
      const command = readCommand(data)
      if (command) heard(command)
    }
    hello(greeted.settings, { origin, tell: (news) => port.postMessage(news) })
  })
  const send = (message: WindowMessage | Refusal) => window.parent.postMessage(message, origin)
  send({ facerefiner: 'greeting', version: protocolVersion })
}

/** `*` and `/`, which stand for any, are none; nor is `null`, which many pages share. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text
