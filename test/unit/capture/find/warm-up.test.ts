import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { warmUpNetworks } from '../../../../client/capture/find/warm-up.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import type { ModelStore } from '../../../../client/runtime/models.ts'
import { distFolder } from '../../../../models/paths.ts'

/** A store of its own, and which models were asked of it. */
function watchedStore(): { store: ModelStore; loaded: string[] } {
  const disk = diskStore()
  const loaded: string[] = []
  const load: ModelStore['load'] = (id, ...rest) => {
    loaded.push(id)
    return disk.load(id, ...rest)
  }
  return { store: { ...disk, load }, loaded }
}

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))('warming up (needs npm run models)', () => {
  test('loads the networks of a capture', async () => {
    const { store, loaded } = watchedStore()
    await warmUpNetworks(store)
    expect(loaded).toEqual(['blazeface', 'facemesh', 'selfie'])
  })

  test('ends as soon as there is something better to do', async () => {
    const { store, loaded } = watchedStore()
    await warmUpNetworks(store, AbortSignal.abort())
    expect(loaded).toEqual([])
  })
})
