import * as Comlink from 'comlink'
import { untilAborted } from './journey/turns.ts'
import type {
  CaptureReport,
  CaptureWorker,
  ExportWorker,
  RefineReport,
  RefineWorker,
  RendererWorker,
} from './messages.ts'
import { type WorkerError, watchLife } from './worker-life.ts'

/** A running worker: its functions as promises, which are rejected where it dies, and its end. */
export interface Running<Api> {
  api: Comlink.Remote<Api>
  terminate(): void
}

/** @param died told once where the worker cannot be loaded or is gone; its calls fail of the same error, those to come too */
export function startCaptureWorker(died: (error: WorkerError) => void): Running<CaptureWorker> {
  return running(
    new Worker(new URL('./capture.worker.ts', import.meta.url), { type: 'module', name: 'capture' }),
    died,
  )
}

export function startRefineWorker(died: (error: WorkerError) => void): Running<RefineWorker> {
  return running(
    new Worker(new URL('./refine.worker.ts', import.meta.url), { type: 'module', name: 'refine' }),
    died,
  )
}

export function startExportWorker(): Running<ExportWorker> {
  return running(
    new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module', name: 'export' }),
  )
}

export function startRendererWorker(died: (error: WorkerError) => void): Running<RendererWorker> {
  return running(
    new Worker(new URL('./viewer/renderer.worker.ts', import.meta.url), { type: 'module', name: 'renderer' }),
    died,
  )
}

/** Functions don't travel to workers; a proxy of one does. */
export function reporter<R extends CaptureReport | RefineReport>(report: R): R {
  return Comlink.proxy(report)
}

/** @param died as above */
export function running<Api>(worker: Worker, died: (error: WorkerError) => void = () => {}): Running<Api> {
  const life = new AbortController()
  const start = Promise.withResolvers<void>()
  const terminate = watchLife(worker, {
    started: start.resolve,
    died(error) {
      // First whoever owns it, so that what begins where a call fails finds another in its place.
      died(error)
      life.abort(error)
    },
  })
  type Call = (...parameters: unknown[]) => Promise<unknown>
  const calls = Comlink.wrap(worker) as unknown as Readonly<Record<string, Call>>
  const call = (name: string): Call => {
    // One after the other, as they were asked for.
    return (...parameters) =>
      untilAborted(
        start.promise.then(() => calls[name](...parameters)),
        life.signal,
      )
  }
  const api = new Proxy(calls, {
    // Whoever awaits the whole takes what has `then` for a promise.
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? call(name) : undefined),
  })
  return { api: api as unknown as Comlink.Remote<Api>, terminate }
}
