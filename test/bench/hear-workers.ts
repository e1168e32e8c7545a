/** What a page asked of its workers, heard without a change of the page. Times are the page's, ms. */
export interface Heard {
  /** What `calls` counts from. */
  from: number
  calls: { worker: string; call: string; began: number; ended: number | null }[]
  /** When the last run's first optimiser step was heard of, and its end. */
  step: number | null
  refined: number | null
}

declare global {
  interface Window {
    workersHeard: Heard
  }
}

/** To be run in a page before its own scripts: listens to what travels between it and its workers (comlink's messages). */
export function hearWorkers(): void {
  const heard: Heard = { from: 0, calls: [], step: null, refined: null }
  window.workersHeard = heard
  const { Worker } = window
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      const worker = options?.name ?? ''
      const open = new Map<string, Heard['calls'][number]>()
      const began = Math.round(performance.now() - heard.from)
      heard.calls.push({ worker, call: '(started)', began, ended: null })
      const start = heard.calls.at(-1)!
      const post = this.postMessage.bind(this) as (message: unknown, ...rest: unknown[]) => void
      this.postMessage = (message: { id?: string; path?: string[] }, ...rest: unknown[]) => {
        const name = message?.path?.[0]
        // Steps are many, and so are pictures.
        if (message?.id && name && name !== 'next' && worker !== 'renderer') {
          const call = { worker, call: name, began: Math.round(performance.now() - heard.from), ended: null }
          heard.calls.push(call)
          open.set(message.id, call)
        }
        post(message, ...rest)
      }
      this.addEventListener('message', ({ data }) => {
        const now = performance.now()
        if (data?.alive) start.ended = Math.round(now - heard.from)
        const call = open.get(data?.id)
        if (call) call.ended = Math.round(now - heard.from)
        const news = data?.value
        if (worker !== 'refine' || typeof news?.finished !== 'boolean') return
        if (!news.finished) heard.step ??= now
        // A run without a step made the head at once.
        else if (heard.step !== null) heard.refined = now
      })
    }
  }
}
