/** Asks the inspector of workerd what the service's isolate holds. */
export interface ServiceHeap {
  /** Bytes of its heap and its buffers, what is not collected yet included. */
  bytes(): Promise<number>
  close(): void
}

interface Target {
  id: string
  webSocketDebuggerUrl: string
}

/** @param port of the inspector of `wrangler dev` @throws Error where it has no isolate of the service, or does not answer */
export async function serviceHeap(port: number): Promise<ServiceHeap> {
  const listed = await fetch(`http://127.0.0.1:${port}/json`)
  const targets = (await listed.json()) as Target[]
  const target = targets.find(({ id }) => id.includes('facerefiner')) ?? targets.at(0)
  if (!target) throw new Error(`The inspector at port ${port} has no isolate.`)
  // Node's sockets take headers; wrangler asks where a debugger comes from.
  const socket = new (WebSocket as unknown as new (url: string, options: object) => WebSocket)(
    target.webSocketDebuggerUrl,
    { headers: { origin: 'http://localhost' } },
  )
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`${target.webSocketDebuggerUrl} does not open.`)))
  })
  let last = 0
  return {
    bytes: () =>
      new Promise((resolve, reject) => {
        const id = ++last
        const heard = ({ data }: MessageEvent) => {
          const message = JSON.parse(String(data))
          if (message.id !== id) return
          socket.removeEventListener('message', heard)
          if (!message.result) return reject(new Error(JSON.stringify(message.error)))
          const { usedSize, backingStorageSize = 0 } = message.result
          resolve(usedSize + backingStorageSize)
        }
        socket.addEventListener('message', heard)
        // That it collects its garbage first cannot be asked of it: workerd does not answer.
        socket.send(JSON.stringify({ id, method: 'Runtime.getHeapUsage' }))
      }),
    close: () => socket.close(),
  }
}
