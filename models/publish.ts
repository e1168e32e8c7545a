import { readFileSync, statSync } from 'node:fs'
import { type ModelManifest, modelKey } from '../client/runtime/models.ts'
import { type BucketObject, bucketObjects, manifestKey } from './bucket-objects.ts'
import { distFolder } from './paths.ts'

/** An R2 bucket, on this machine or at Cloudflare. */
export interface Bucket {
  /** For the person: `the local bucket`. */
  name: string
  /** Text of the bucket's models/manifest.json; null where there is none yet. */
  manifest(): Promise<string | null>
  put(object: BucketObject): Promise<void>
}

/**
 * Puts the made files, their compressed variants and the manifest into a bucket. Keys hold the content's hash, and the
 * manifest is put last: what the bucket's manifest names is there already and skipped, and a run that was broken off is
 * made up for by the next. Files of earlier versions stay, for pages that still ask for them.
 *
 * @param log told of each object
 * @returns how many objects were put and skipped
 */
export async function publishModels(
  bucket: Bucket,
  log: (line: string) => void = () => {},
  folder: string = distFolder,
): Promise<{ put: number; skipped: number }> {
  const before = await bucket.manifest()
  const published = publishedKeys(before)
  const now = readFileSync(bucketObjects(folder).at(-1)!.path, 'utf8')
  let put = 0
  let skipped = 0
  for (const object of bucketObjects(folder)) {
    const isThere =
      object.key === manifestKey ? before === now : published.has(object.key.replace(/\.(br|gz)$/, ''))
    if (isThere) {
      skipped++
      log(`there already: ${object.key}`)
    } else {
      await bucket.put(object)
      put++
      log(`put: ${object.key} (${(statSync(object.path).size / 1e6).toFixed(2)} MB)`)
    }
  }
  return { put, skipped }
}

/** Keys of the files that a bucket's manifest names; none where it can't be read. */
function publishedKeys(manifest: string | null): Set<string> {
  try {
    const { models } = JSON.parse(manifest ?? '{"models":[]}') as ModelManifest
    return new Set(models.flatMap(({ files }) => files.map((file) => `models/${modelKey(file)}`)))
  } catch {
    return new Set()
  }
}
