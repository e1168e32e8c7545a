import * as Comlink from 'comlink'
import type {
  CaptureReport,
  CaptureWorker,
  ExportWorker,
  RefineReport,
  RefineWorker,
  RendererWorker,
} from './messages.ts'

/** A running worker: its functions as promises, and its end. */
export interface Running<Api> {
  api: Comlink.Remote<Api>
  terminate(): void
}

/** @param crashed told where the worker can't be loaded or dies: its calls would then wait for ever */
export function startCaptureWorker(crashed: (error: Error) => void): Running<CaptureWorker> {
  return running(
    new Worker(new URL('./capture.worker.ts', import.meta.url), { type: 'module', name: 'capture' }),
    crashed,
  )
}

export function startRefineWorker(crashed: (error: Error) => void): Running<RefineWorker> {
  return running(
    new Worker(new URL('./refine.worker.ts', import.meta.url), { type: 'module', name: 'refine' }),
    crashed,
  )
}

export function startExportWorker(crashed: (error: Error) => void): Running<ExportWorker> {
  return running(
    new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module', name: 'export' }),
    crashed,
  )
}

export function startRendererWorker(crashed: (error: Error) => void): Running<RendererWorker> {
  return running(
    new Worker(new URL('./viewer/renderer.worker.ts', import.meta.url), { type: 'module', name: 'renderer' }),
    crashed,
  )
}

/** Functions don't travel to workers; a proxy of one does. */
export function reporter<R extends CaptureReport | RefineReport>(report: R): R {
  return Comlink.proxy(report)
}

/** @param crashed as above */
export function running<Api>(worker: Worker, crashed: (error: Error) => void): Running<Api> {
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    crashed(new Error(event.message || 'the background work could not be started'))
  })
  return { api: Comlink.wrap<Api>(worker), terminate: () => worker.terminate() }
}
