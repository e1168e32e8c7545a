import { expect, test, vi } from 'vitest'
import { type Running, running } from '../../../client/app/workers.ts'
import type { MortalWorker } from '../../support/mortal.worker.ts'

function start() {
  const worker = new Worker(new URL('../../support/mortal.worker.ts', import.meta.url), { type: 'module' })
  const died = vi.fn()
  return { worker, died, ...(running<MortalWorker>(worker, died) as Running<MortalWorker>) }
}

const locks = async () => (await navigator.locks.query()).held!.map(({ name }) => name)

test.each([
  ['is ended from outside', ({ worker }: ReturnType<typeof start>) => worker.terminate()],
  ['ends itself', ({ api }: ReturnType<typeof start>) => void api.end().catch(() => {})],
])('a worker that %s without a word fails its calls at once, and is told of once', async (_, kill) => {
  const mortal = start()
  expect(await mortal.api.answer()).toBe(42)
  const waiting = mortal.api.never()
  kill(mortal)
  await expect(waiting).rejects.toMatchObject({ name: 'WorkerError', code: 'worker-ended' })
  await expect(mortal.api.answer()).rejects.toMatchObject({ code: 'worker-ended' })
  expect(mortal.died).toHaveBeenCalledTimes(1)
})

test('so does one that throws what nobody catches', async () => {
  const { api, died } = start()
  const waiting = api.never()
  api.fail().catch(() => {})
  await expect(waiting).rejects.toMatchObject({
    code: 'worker-ended',
    cause: 'Uncaught Error: out of memory',
  })
  expect(died).toHaveBeenCalledTimes(1)
})

test('one that cannot be loaded fails the calls that wait for it', async () => {
  const died = vi.fn()
  const { api } = running<MortalWorker>(new Worker('/no-such-worker.js', { type: 'module' }), died)
  await expect(api.answer()).rejects.toMatchObject({ code: 'worker-not-started' })
  expect(died).toHaveBeenCalledTimes(1)
})

test('one whose thread computes for long is not taken for dead', async () => {
  const { api, died, terminate } = start()
  await api.answer()
  await api.compute(1500)
  expect(await api.answer()).toBe(42)
  expect(died).not.toHaveBeenCalled()
  terminate()
})

test('one that is no longer wanted is ended without being told of, and leaves no lock behind', async () => {
  const before = new Set(await locks())
  const { api, died, terminate } = start()
  await api.answer()
  const [own] = (await locks()).filter((name) => !before.has(name))
  expect(own).toMatch(/^facerefiner-worker-/)
  terminate()
  await expect.poll(locks).not.toContain(own)
  expect(died).not.toHaveBeenCalled()
})
