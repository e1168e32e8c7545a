import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import type { Runtime } from '../../../client/runtime/runtime.ts'
import { listGolden, loadGolden } from '../../parity/folder.ts'
import { runParity } from '../../parity/parity.ts'

const own = new URL('../../parity/golden', import.meta.url).pathname
const shared = new URL('../../../../shared/golden', import.meta.url).pathname

let runtime: Runtime
beforeAll(async () => {
  runtime = await nodeRuntime()
})
afterAll(() => runtime.dispose())

const check = async (folder: string, name: string) => {
  const load = (other: string) => loadGolden(folder, other)
  return runParity(await load(name), { runtime, load })
}

describe.each([['the cases kept here', own], ...(existsSync(shared) ? [['all cases', shared]] : [])])(
  'parity with the official code, %s',
  async (_, folder) => {
    it.each(await listGolden(folder))('%s', async (name) => {
      const checks = await check(folder, name)
      expect(checks.length).toBeGreaterThan(2)
      expect(checks.filter(({ passed }) => !passed)).toEqual([])
    })
  },
)

describe('runParity', () => {
  it('fails where a tensor differs', async () => {
    const golden = await loadGolden(own, 'photometric')
    const original = golden.float.bind(golden)
    golden.float = (name) =>
      original(name).map((value, i) => (name === 'texture' && i === 2000 ? value + 0.5 : value))
    const checks = await runParity(golden, { runtime, load: async () => golden })
    const failed = checks.filter(({ passed }) => !passed).map(({ tensor }) => tensor)
    expect(failed).toContain('rendered')
  })

  it('reads sizes from the manifest, and names what is wrong with a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parity-'))
    await expect(listGolden(folder)).rejects.toThrow('holds no golden case')
    await expect(listGolden(join(folder, 'absent'))).rejects.toThrow("can't be read")
    const manifest = { case: 'magic', bin: 'magic.bin', meta: {}, scalars: {}, tensors: [] as object[] }
    const write = (change: object) =>
      writeFile(join(folder, 'magic.json'), JSON.stringify({ ...manifest, ...change }))
    await writeFile(join(folder, 'magic.bin'), new Uint8Array(8))
    await write({})
    await expect(check(folder, 'magic')).rejects.toThrow('The golden case magic is about none of pyramid')
    await write({ case: 'photometric' })
    await expect(check(folder, 'magic')).rejects.toThrow('photometric has no tensor "grid"')
    const grid = { name: 'grid', dtype: 'float32', shape: [1, 2, 2, 2], byteOffset: 0 }
    const texture = { name: 'texture', dtype: 'float32', shape: [1, 3, 1, 1], byteOffset: 0 }
    await write({
      case: 'photometric',
      tensors: [grid, texture, { ...texture, name: 'mask', byteOffset: 4 }],
    })
    await expect(check(folder, 'magic')).rejects.toThrow(
      'mask of the golden case photometric ends at byte 16',
    )
    await write({ bin: undefined })
    await expect(check(folder, 'magic')).rejects.toThrow('names no binary file')
  })
})
