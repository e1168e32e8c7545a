import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { seedModels } from '../../models/seed.ts'
import { freePort, serve } from '../../worker/dev/serve.ts'
import { putWidgetKeys, type WidgetKeys } from './widget-keys.ts'

/**
 * Serves the built client for the journeys of this folder; each gets the address by `inject('url')`. The buckets are the
 * tests' own: what they share does not come into the gallery of npm start, and a server that runs meanwhile is no hindrance.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const state = mkdtempSync(join(tmpdir(), 'facerefiner-e2e-'))
  await seedModels(state)
  project.provide('widget', await putWidgetKeys(state, `http://127.0.0.1:${await freePort()}`))
  // The site key alone: the page of the check is there, and sharing works without it.
  const vars = { TURNSTILE_SITE_KEY: '0x4AAAAAAA' }
  const inspector = await freePort()
  const { url, stop } = await serve(await freePort(), state, vars, inspector)
  project.provide('url', url)
  project.provide('inspector', inspector)
  project.provide('state', state)
  return async () => {
    await stop()
    rmSync(state, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the worker is served. */
    url: string
    /** Port where a debugger may ask it. */
    inspector: number
    /** Folder of what its buckets hold. */
    state: string
    /** What its widget's host page may use. */
    widget: WidgetKeys
  }
}
