import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelKey } from '../client/runtime/models.ts'
import type { Env } from '../worker/env.ts'
import { encodings } from './compress.ts'
import { sha256 } from './contentHash.ts'
import { distFolder, root } from './paths.ts'
import { readServedManifest } from './servedManifest.ts'

/** An object as the worker reads it. */
interface SeedObject {
  key: string
  path: string
  contentType: string
  contentEncoding?: string
}

const types: Record<string, string> = {
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

/**
 * Puts the made model files into wrangler's local bucket, and does nothing where it has them.
 *
 * @param state wrangler's state folder
 * @returns how many objects were put
 */
export async function seedModels(state: string = join(root, '.wrangler', 'state')): Promise<number> {
  const objects = seedObjects()
  const stamp = sha256(JSON.stringify(objects) + readFileSync(join(distFolder, 'manifest.json'), 'utf8'))
  const stampPath = join(state, 'seeded')
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return 0
  // Loaded only where there is something to put: a second start should take no time.
  const { getPlatformProxy } = await import('wrangler')
  const { env, dispose } = await getPlatformProxy<Env>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(state, 'v3') },
  })
  try {
    for (const { key, path, contentType, contentEncoding } of objects) {
      const httpMetadata = { contentType, contentEncoding }
      await env.MODELS.put(key, readFileSync(path), { httpMetadata })
    }
  } finally {
    await dispose()
  }
  writeFileSync(stampPath, stamp)
  return objects.length
}

/** Every file with the variants that lie beside it; the manifest comes last, when all that it names is there. */
function seedObjects(): SeedObject[] {
  const objects: SeedObject[] = []
  for (const file of readServedManifest().models.flatMap((model) => model.files)) {
    const plain = describe(`models/${modelKey(file)}`, join(distFolder, file.file))
    objects.push(plain)
    for (const [contentEncoding, ending] of Object.entries(encodings)) {
      const path = plain.path + ending
      if (existsSync(path)) objects.push({ ...plain, key: plain.key + ending, path, contentEncoding })
    }
  }
  return [...objects, describe('models/manifest.json', join(distFolder, 'manifest.json'))]
}

function describe(key: string, path: string): SeedObject {
  return { key, path, contentType: types[path.slice(path.lastIndexOf('.'))] ?? 'application/octet-stream' }
}
