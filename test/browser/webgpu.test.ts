import { expect, test } from 'vitest'
test('gpu', async () => {
  const a = await navigator.gpu.requestAdapter()
  expect(a).not.toBeNull()
  console.log(crossOriginIsolated, a!.info.description, a!.info.vendor)
})
