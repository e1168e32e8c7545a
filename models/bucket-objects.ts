import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { modelKey } from '../client/runtime/models.ts'
import { encodings } from './compress.ts'
import { distFolder } from './paths.ts'
import { readServedManifest } from './served-manifest.ts'

/** An object as the worker reads it. */
export interface BucketObject {
  key: string
  /** The file that holds it. */
  path: string
  contentType: string
  contentEncoding?: string
}

/** Key of the manifest that says what a bucket holds. */
export const manifestKey = 'models/manifest.json'

const types: Record<string, string> = {
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

/** Every file with the variants that lie beside it; the manifest comes last, when all that it names is there. */
export function bucketObjects(folder: string = distFolder): BucketObject[] {
  const objects: BucketObject[] = []
  for (const file of readServedManifest(folder).models.flatMap((model) => model.files)) {
    const plain = describe(`models/${modelKey(file)}`, join(folder, file.file))
    objects.push(plain)
    for (const [contentEncoding, ending] of Object.entries(encodings)) {
      const path = plain.path + ending
      if (existsSync(path)) objects.push({ ...plain, key: plain.key + ending, path, contentEncoding })
    }
  }
  return [...objects, describe(manifestKey, join(folder, 'manifest.json'))]
}

function describe(key: string, path: string): BucketObject {
  return { key, path, contentType: types[path.slice(path.lastIndexOf('.'))] ?? 'application/octet-stream' }
}
