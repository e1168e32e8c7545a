import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Env } from '../worker/env.ts'
import { bucketName } from './bucket-name.ts'
import { manifestKey } from './bucket-objects.ts'
import { root } from './paths.ts'
import type { Bucket } from './publish.ts'

/** Where wrangler keeps what the local worker has stored. */
export const localState = join(root, '.wrangler', 'state')

/**
 * Lends wrangler's local bucket to `use`.
 *
 * @param state wrangler's state folder
 */
export async function withLocalBucket<T>(state: string, use: (bucket: Bucket) => Promise<T>): Promise<T> {
  // Loaded only where there is something to put: a second start should take no time.
  const { getPlatformProxy } = await import('wrangler')
  // The bucket alone: the worker's other bindings would only be warned about.
  const configPath = join(state, 'models-bucket.json')
  const buckets = [{ binding: 'MODELS', bucket_name: await bucketName() }]
  mkdirSync(state, { recursive: true })
  writeFileSync(
    configPath,
    JSON.stringify({ name: 'models', compatibility_date: '2026-08-01', r2_buckets: buckets }),
  )
  const { env, dispose } = await getPlatformProxy<Pick<Env, 'MODELS'>>({
    configPath,
    persist: { path: join(state, 'v3') },
  })
  try {
    return await use({
      name: 'the local bucket',
      manifest: async () => (await (await env.MODELS.get(manifestKey))?.text()) ?? null,
      put: async ({ key, path, contentType, contentEncoding }) => {
        await env.MODELS.put(key, readFileSync(path), { httpMetadata: { contentType, contentEncoding } })
      },
    })
  } finally {
    await dispose()
  }
}
