import type { Result, Upload } from '../contract/contract.ts'
import { partAddress, partNames, publicParts } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import type { PendingUpload, Published } from './documents.ts'
import { keysUnder, partKey, partsPrefix } from './layout.ts'

/** What everyone may know. Addresses are relative to the service. */
export function describeResult(record: Published): Result {
  const { id, title, visibility, published, expires, textureSize, visiblePsnr, parts } = record
  return {
    state: 'published',
    id,
    title,
    visibility,
    published,
    expires,
    textureSize,
    visiblePsnr,
    page: `/r/${id}`,
    parts: publicParts.flatMap((name) => {
      const part = parts[name]
      return part ? { name, ...part, url: partAddress(id, name) } : []
    }),
  }
}

/** The state of an upload: which bytes are there, and where the others go. */
export async function describeUpload(env: Env, upload: PendingUpload): Promise<Upload> {
  const { id, created, deadline, parts } = upload
  const stored = new Set(await keysUnder(env.RESULTS, partsPrefix(id)))
  return {
    state: 'pending',
    id,
    created,
    deadline,
    parts: partNames.flatMap((name) => {
      const declared = parts[name]
      if (!declared) return []
      const isStored = stored.has(partKey(id, name, declared.sha256))
      return { name, ...declared, stored: isStored, url: partAddress(id, name) }
    }),
  }
}
