import { expect, test } from 'vitest'

test('the test browser has a WebGPU adapter and may share memory between threads', async () => {
  const adapter = await navigator.gpu.requestAdapter()
  expect(adapter?.limits.maxStorageBuffersPerShaderStage).toBeGreaterThanOrEqual(8)
  expect(crossOriginIsolated).toBe(true)
})
