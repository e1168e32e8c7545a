import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'
import { keysObject, makeKey } from '../../worker/auth/keys.ts'
import type { Env } from '../../worker/env.ts'

/** Widget keys of the served worker, and the page that may use the first of them. */
export interface WidgetKeys {
  /** Origin of a page on another site: 127.0.0.1 and localhost are two. */
  host: string
  key: string
  /** Is bound to other origins. */
  otherKey: string
}

/**
 * Puts keys into the local bucket, before the worker is served.
 *
 * @param state wrangler's state folder
 */
export async function putWidgetKeys(state: string, host: string): Promise<WidgetKeys> {
  const keys = { host, key: 'pk_of_the_host', otherKey: 'pk_of_another_site' }
  const created = new Date().toISOString()
  const kept = await Promise.all([
    makeKey(keys.key, 'The host', [host], created),
    makeKey(keys.otherKey, 'Another site', ['https://other.example'], created),
  ])
  const configPath = join(state, 'results-bucket.json')
  const buckets = [{ binding: 'RESULTS', bucket_name: 'facerefiner-results' }]
  const config = { name: 'results', compatibility_date: '2026-08-01', r2_buckets: buckets }
  writeFileSync(configPath, JSON.stringify(config))
  const { env, dispose } = await getPlatformProxy<Pick<Env, 'RESULTS'>>({
    configPath,
    persist: { path: join(state, 'v3') },
  })
  await env.RESULTS.put(keysObject, JSON.stringify(kept))
  await dispose()
  return keys
}
