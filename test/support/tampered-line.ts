import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Tampered {
  /** What comes of the body. */
  body: Uint8Array
  /** And nothing after it, though more was announced. Default: it is all there is. */
  stalls?: boolean
}

/** @returns undefined for what passes as it is */
export type Tamper = (path: string, body: Buffer) => Tampered | undefined

export interface TamperedLine {
  /** Where the other end is reached through it. */
  url: string
  /** May be set at any time. */
  tamper: Tamper | null
  close(): Promise<void>
}

/** A line to a server of this machine on which somebody sits who changes what the server answers. */
export async function tamperedLine(to: string): Promise<TamperedLine> {
  const { hostname, port } = new URL(to)
  const line: TamperedLine = { url: '', tamper: null, close: async () => {} }

  let asks = 0
  const server = createServer((asked, answer) => {
    const { tamper } = line
    const headers = {
      ...asked.headers,
      ...(tamper && { 'accept-encoding': 'identity' }),
      // Who asks thousands of times comes from many places: how often one may ask is not what is tried here.
      'cf-connecting-ip': `10.${(asks >> 16) & 255}.${(asks >> 8) & 255}.${asks & 255}`,
    }
    asks++
    const { method, url: path } = asked
    const onward = request({ host: hostname, port, path, method, headers }, (got) => {
      if (tamper) pass(got, answer, (body) => tamper(path!, body)).catch(() => answer.destroy())
      else got.pipe(answer.writeHead(got.statusCode!, got.headers))
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  line.url = `http://localhost:${(server.address() as AddressInfo).port}`
  line.close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
  return line
}

async function pass(
  got: IncomingMessage,
  answer: ServerResponse,
  tamper: (body: Buffer) => Tampered | undefined,
): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of got) parts.push(part)
  const whole = Buffer.concat(parts)
  const { body, stalls } = tamper(whole) ?? { body: whole }
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = got.headers
  // What stalls has announced more.
  const length = { 'content-length': String(stalls ? whole.length : body.length) }
  answer.writeHead(got.statusCode!, { ...headers, ...(whole.length > 0 && length) })
  if (stalls) answer.write(body)
  else answer.end(body)
}
