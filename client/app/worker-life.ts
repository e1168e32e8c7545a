/**
 * How a page learns that one of its workers is no more. A worker whose thread computes for minutes cannot answer, and so no
 * heartbeat tells it from a dead one. A Web Lock does: the worker holds one as long as it lives, whatever its thread is at, and
 * the browser gives it to the page, which waits for it, when the worker's agent is gone: ended, out of memory, crashed.
 */

/** What a worker first posts. `lock`: the name of the one it holds; null: this browser has none for it. */
interface Alive {
  alive: { lock: string | null }
}

/** A worker that could not be loaded, or that is gone. Its calls are never answered. */
export class WorkerError extends Error {
  readonly code: 'worker-not-started' | 'worker-ended'
  constructor(code: WorkerError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'WorkerError'
    this.code = code
  }
}

/**
 * Seconds that a worker's script may take until it runs. A hundred kilobytes that take longer come at less than a kilobyte a
 * second, where the networks would take hours.
 */
export const mostSecondsToStart = 180

/** To be called by a worker, once: shows that it runs, and for how long. */
export function showLife(): void {
  const tell = (lock: string | null) => postMessage({ alive: { lock } } satisfies Alive)
  if (!navigator.locks) {
    tell(null)
    return
  }
  // Where there are locks there are such names too.
  const name = `facerefiner-worker-${crypto.randomUUID()}`
  const held = navigator.locks.request(name, () => {
    tell(name)
    return new Promise<never>(() => {})
  })
  // Frames of other sites may have no storage, and then no locks.
  held.catch(() => tell(null))
}

/** Called once each. */
export interface Life {
  /** It runs, and from now on it cannot go unnoticed: before, it had better be asked nothing. */
  started(): void
  /** It cannot be loaded, has thrown what nobody catches, or is gone. */
  died(error: WorkerError): void
}

/** @returns stops watching, and ends the worker */
export function watchLife(worker: Worker, { started, died }: Life): () => void {
  const watching = new AbortController()
  const { signal } = watching
  const end = () => {
    clearTimeout(start)
    watching.abort()
    worker.terminate()
  }
  const die = (code: WorkerError['code'], cause?: unknown) => {
    if (signal.aborted) return
    end()
    died(new WorkerError(code, sentences[code], { cause }))
  }
  const start = setTimeout(() => die('worker-not-started'), 1000 * mostSecondsToStart)
  let runs = false
  worker.addEventListener(
    'error',
    (event) => {
      event.preventDefault()
      die(runs ? 'worker-ended' : 'worker-not-started', event.message)
    },
    { signal },
  )
  // What cannot be read is an answer that never comes.
  worker.addEventListener('messageerror', () => die('worker-ended'), { signal })
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<Partial<Alive> | null>) => {
      if (!data?.alive) return
      runs = true
      clearTimeout(start)
      started()
      const { lock } = data.alive
      if (!lock) return
      const released = navigator.locks.request(lock, { signal }, () => die('worker-ended'))
      // The watch was ended, or this page has no locks although its worker does.
      released.catch(() => {})
    },
    { signal },
  )
  return end
}

const sentences: Readonly<Record<WorkerError['code'], string>> = {
  'worker-not-started':
    'What works in the background could not be started: check the connection and try again.',
  'worker-ended':
    'What worked in the background has stopped, perhaps for want of memory: close other tabs and try again.',
}
