import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bucketObjects } from './bucket-objects.ts'
import { sha256 } from './content-hash.ts'
import { localState, withLocalBucket } from './local-bucket.ts'
import { publishModels } from './publish.ts'

/**
 * Puts the made model files into wrangler's local bucket, and does nothing where it has them.
 *
 * @param state wrangler's state folder
 * @returns how many objects were put
 */
export async function seedModels(state: string = localState): Promise<number> {
  const objects = bucketObjects()
  const stamp = sha256(JSON.stringify(objects) + readFileSync(objects.at(-1)!.path, 'utf8'))
  const stampPath = join(state, 'seeded')
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return 0
  const { put } = await withLocalBucket(state, (bucket) => publishModels(bucket))
  writeFileSync(stampPath, stamp)
  return put
}
