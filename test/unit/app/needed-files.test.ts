import { expect, test, vi } from 'vitest'
import { fetchFiles } from '../../../client/app/needed-files.ts'
import type { BrowserStore } from '../../../client/runtime/store.ts'

test('only models with a file that is not kept are loaded: others are read where they are used', async () => {
  const load = vi.fn<BrowserStore['load']>(async () => new Map())
  const lacking = async (id: string) =>
    id === 'selfie' ? [{ file: 'selfie/model.bin', bytes: 1, sha256: '' }] : []
  const store: BrowserStore = { load, lacking, manifest: async () => ({ models: [] }) }
  await fetchFiles(store, [{ id: 'blazeface' }, { id: 'selfie' }, { id: 'ort', names: ['ort.wasm'] }])
  expect(load.mock.calls.map(([id]) => id)).toEqual(['selfie'])
})
