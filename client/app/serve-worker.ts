import * as Comlink from 'comlink'
import { keepErrorCodes } from './worker-errors.ts'
import { showLife } from './worker-life.ts'

/** Lets the page that started this worker call these functions: see workers.ts. To be called last. */
export function serveWorker(functions: object): void {
  keepErrorCodes()
  Comlink.expose(functions)
  showLife()
}
