import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Runtime } from '../../client/runtime/runtime.ts'
import { requestDevice, webgpuRuntime } from '../../client/runtime/webgpu.ts'
import { Golden, type GoldenManifest } from '../parity/golden.ts'
import { runParity } from '../parity/parity.ts'
import { wasmFiles } from '../support/wasm.ts'

const files = import.meta.glob<string>('../parity/golden/*', {
  query: '?url',
  import: 'default',
  eager: true,
})
const urlOf = (file: string) => files[`../parity/golden/${file}`]
/** What a software GPU can bear; a run's first steps go through every loss and the optimiser. */
const names = ['photometric', 'vgg', 'end_to_end']
const iterations = 3

async function load(name: string): Promise<Golden> {
  const manifest = (await (await fetch(urlOf(`${name}.json`))).json()) as GoldenManifest
  return new Golden(manifest, new Uint8Array(await (await fetch(urlOf(manifest.bin))).arrayBuffer()))
}

let runtime: Runtime
beforeAll(async () => {
  runtime = await webgpuRuntime({ wasmFiles, device: await requestDevice() })
})
afterAll(() => runtime.dispose())

describe('parity with the official code on WebGPU', () => {
  it.each(names)('%s', { timeout: 300_000 }, async (name) => {
    const checks = await runParity(await load(name), { runtime, load, iterations })
    expect(checks.length).toBeGreaterThan(2)
    expect(checks.filter(({ passed }) => !passed)).toEqual([])
  })
})
