import { describe, expect, it } from 'vitest'
import { chooseRuntime } from '../../../client/runtime/choose.ts'
import { wasmFiles } from '../../support/wasm.ts'

// In this order: what a page could not load once it does not try again.
describe('chooseRuntime', () => {
  it('keeps off a WebGPU that computes in software, and says so', async () => {
    const runtime = await chooseRuntime({ wasmFiles })
    expect(runtime.provider).toBe('wasm')
    expect(runtime.reason).toMatch(
      /^CPU with \d+ threads?: the only WebGPU adapter is .*swiftshader.*slower than the CPU\.$/i,
    )
    await runtime.dispose()
  })

  it('takes the CPU where asked', async () => {
    const runtime = await chooseRuntime({ wasmFiles, prefer: 'wasm', allowSoftware: true })
    expect(runtime.provider).toBe('wasm')
    expect(runtime.reason).toContain('WebGPU was not asked for')
    await runtime.dispose()
  })

  it('goes on on the CPU where WebGPU does not start, and says why', async () => {
    const runtime = await chooseRuntime({
      wasmFiles: (build) => (build === 'wasm' ? wasmFiles(build) : '/no/such/file.wasm'),
      allowSoftware: true,
    })
    expect(runtime.provider).toBe('wasm')
    expect(runtime.reason).toMatch(/: WebGPU did not start \(.+\)\.$/)
    await runtime.dispose()
  })
})
