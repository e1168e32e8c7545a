import { expect, test, vi } from 'vitest'
import { networks } from '../../../../client/capture/find/tfjs.ts'
import { warmUp } from '../../../../client/capture/find/warm-up.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'

test('every network of the capture has run, and loads nothing when it is needed', async () => {
  const store = diskStore()
  const load = vi.spyOn(store, 'load')
  await warmUp(store)
  const loaded = load.mock.calls.length
  expect(load.mock.calls.map(([id]) => id)).toEqual(
    expect.arrayContaining(['blazeface', 'facemesh', 'selfie']),
  )
  const nets = await networks(store)
  for (const id of ['blazeface', 'facemesh', 'selfie'])
    await nets.run(id, new Float32Array(3 * 256 ** 2), 256)
  expect(load).toHaveBeenCalledTimes(loaded)
})
