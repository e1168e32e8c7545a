import type { TestProject } from 'vitest/node'
import { freePort, serve } from '../../worker/dev/serve.ts'

/** Serves the built client for the journeys of this folder; each gets the address by `inject('url')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await serve(await freePort())
  project.provide('url', url)
  return stop
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the worker is served. */
    url: string
  }
}
