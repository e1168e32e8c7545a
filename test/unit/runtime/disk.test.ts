import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskStore } from '../../../client/runtime/disk.ts'
import type { ModelManifest } from '../../../client/runtime/models.ts'
import { sha256Hex } from '../../../client/runtime/sha256.ts'

const bytes = Uint8Array.of(1, 2, 3, 4)
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'models-'))
  const manifest: ModelManifest = {
    models: [
      {
        id: 'tiny',
        version: '1',
        purpose: 'capture',
        licence: 'MIT',
        source: 'here',
        files: [{ file: 'tiny/model.bin', bytes: 4, sha256: await sha256Hex(bytes) }],
      },
    ],
  }
  await mkdir(join(folder, 'tiny'))
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
  await writeFile(join(folder, 'tiny', 'model.bin'), bytes)
})
afterEach(() => rm(folder, { recursive: true }))

describe('diskStore', () => {
  test('gives the verified files by their name in the model, with progress', async () => {
    const seen: unknown[] = []
    const files = await diskStore(folder).load('tiny', (progress) => seen.push(progress))
    expect([...files.keys()]).toEqual(['model.bin'])
    expect([...files.get('model.bin')!]).toEqual([1, 2, 3, 4])
    expect(seen).toEqual([{ file: 'tiny/model.bin', loaded: 4, total: 4 }])
  })

  test('refuses an altered file and names it', async () => {
    await writeFile(join(folder, 'tiny', 'model.bin'), Uint8Array.of(1, 2, 3, 5))
    await expect(diskStore(folder).load('tiny')).rejects.toMatchObject({
      code: 'altered',
      message: expect.stringMatching(/model\.bin.*npm run models/),
    })
  })

  test('says how to make what is missing', async () => {
    await rm(join(folder, 'tiny', 'model.bin'))
    await expect(diskStore(folder).load('tiny')).rejects.toMatchObject({
      code: 'missing',
      message: expect.stringContaining('npm run models'),
    })
    await expect(diskStore(join(folder, 'nowhere')).manifest()).rejects.toMatchObject({
      code: 'missing',
    })
  })

  test('lists the models there are when asked for another', async () => {
    await expect(diskStore(folder).load('huge')).rejects.toMatchObject({
      code: 'unknown-model',
      message: 'There is no model "huge". The manifest has: tiny.',
    })
  })
})
