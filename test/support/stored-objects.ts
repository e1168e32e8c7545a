import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Keys in the buckets of a served worker, as its storage on this machine has them at this moment, whatever the worker tells.
 *
 * @param state wrangler's state folder
 */
export function storedKeys(state: string): string[] {
  const folder = join(state, 'v3', 'r2', 'miniflare-R2BucketObject')
  const files = readdirSync(folder).filter((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
  return files.flatMap((name) => {
    const storage = new DatabaseSync(join(folder, name), { readOnly: true })
    try {
      const rows = storage.prepare('SELECT key FROM _mf_objects').all() as { key: string }[]
      return rows.map(({ key }) => key)
    } finally {
      storage.close()
    }
  })
}
