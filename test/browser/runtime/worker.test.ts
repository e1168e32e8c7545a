import { expect, it } from 'vitest'

it.each([
  ['webgpu', true],
  ['wasm', false],
])('starts %s in a web worker', async (provider, allowSoftware) => {
  const worker = new Worker(new URL('../../support/runtime.worker.ts', import.meta.url), { type: 'module' })
  worker.postMessage({ allowSoftware })
  const answer = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = reject
  })
  worker.terminate()
  expect(answer).toMatchObject({ provider })
})
