import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A request as it went over the line. */
export interface Sent {
  method: string
  path: string
  headers: Headers
  body: Buffer
}

export interface TappedLine {
  /** Where the other end is reached through it. */
  url: string
  /** All bytes that went up so far, of each connection by itself. */
  bytes(): Buffer[]
  /** The requests in them. @throws Error where bytes went up that are no whole request */
  requests(): Sent[]
  close(): Promise<void>
}

/** A line to a server of this machine that writes down every byte which goes up: whoever sends it, page, worker or service worker. */
export async function tappedLine(to: string): Promise<TappedLine> {
  const { port } = new URL(to)
  const sockets = new Set<Socket>()
  const up: Buffer[][] = []
  const server = createServer((near) => {
    const far = connect(Number(port), '127.0.0.1')
    const written: Buffer[] = []
    up.push(written)
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('data', (data) => written.push(data))
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bytes = () => up.map((written) => Buffer.concat(written))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    bytes,
    requests: () => bytes().flatMap(requestsIn),
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function requestsIn(bytes: Buffer): Sent[] {
  const requests: Sent[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n\r\n', at)
    const [line = '', ...lines] = bytes.toString('latin1', at, end).split('\r\n')
    const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(line) ?? []
    if (end < 0 || !method) throw new Error(`No request: ${bytes.toString('latin1', at, at + 100)}`)
    const headers = new Headers(
      lines.map((each) => {
        const colon = each.indexOf(':')
        return [each.slice(0, colon), each.slice(colon + 1).trim()]
      }),
    )
    if (headers.has('transfer-encoding')) throw new Error(`${method} ${path} has a body of unknown length.`)
    const start = end + 4
    at = start + Number(headers.get('content-length') ?? 0)
    requests.push({ method, path, headers, body: bytes.subarray(start, at) })
  }
  return requests
}
