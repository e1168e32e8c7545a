import { connect, createServer, type Socket } from 'node:net'

export interface SlowLine {
  /** Where the other end is reached through it. */
  url: string
  close(): Promise<void>
}

/** Bytes that pass at once: the smaller, the more evenly it flows. */
const portion = 4096

/**
 * A line to a server of this machine as a phone has one: all connections share its bytes per second, and each answer comes
 * late. Throttling by the browser's own tools leaves out workers and service workers.
 *
 * @param bytesPerSecond downwards; upwards it is free @param latency seconds before the first byte of each answer
 */
export async function slowLine(to: string, bytesPerSecond: number, latency: number): Promise<SlowLine> {
  const { hostname, port } = new URL(to)
  const sockets = new Set<Socket>()
  let free = performance.now()
  /** Resolves when that many bytes have passed, after all that were asked for before. */
  const pass = (bytes: number) => {
    free = Math.max(free, performance.now()) + (1000 * bytes) / bytesPerSecond
    return new Promise((resolve) => setTimeout(resolve, free - performance.now()))
  }

  async function carry(from: Socket, into: Socket) {
    let asked = true
    into.on('data', () => {
      asked = true
    })
    for await (const data of from as AsyncIterable<Buffer>) {
      if (asked) await new Promise((resolve) => setTimeout(resolve, 1000 * latency))
      asked = false
      for (let at = 0; at < data.length; at += portion) {
        const part = data.subarray(at, at + portion)
        await pass(part.length)
        if (into.writable) into.write(part)
      }
    }
    into.end()
  }

  const server = createServer((near) => {
    const far = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    near.on('data', (data) => far.write(data))
    near.on('close', () => far.destroy())
    carry(far, near).catch(() => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  return {
    url: `http://localhost:${address.port}`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
