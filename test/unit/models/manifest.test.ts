import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { diskStore } from '../../../client/runtime/disk.ts'
import { readManifest } from '../../../models/makeModels.ts'
import { packageVersion } from '../../../models/package.ts'
import { distFolder } from '../../../models/paths.ts'
import { recipes } from '../../../models/recipes.ts'

const { models } = readManifest()

describe('models/manifest.json', () => {
  test('has an entry for every recipe, of the installed package', () => {
    expect(models.map(({ id, version, licence }) => ({ id, version, licence }))).toEqual(
      recipes.map(({ id, from, licence }) => ({ id, version: packageVersion(from), licence })),
    )
  })

  test('keeps what a visitor downloads for capture and backbone under 20 MB', () => {
    const files = models
      .filter(({ purpose }) => purpose === 'capture' || purpose === 'backbone')
      .flatMap((model) => model.files)
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    expect(bytes).toBeGreaterThan(4e6)
    expect(bytes).toBeLessThan(20e6)
  })

  test('describes what npm run models made', async () => {
    const store = diskStore()
    for (const { id, purpose } of models) {
      if (purpose !== 'runtime') await store.load(id)
    }
    // Besides, what was added on this machine.
    expect((await store.manifest()).models).toEqual(expect.arrayContaining(models))
  })
})

test('the packed variants unpack to the plain files', () => {
  const plain = readFileSync(join(distFolder, 'blazeface', 'model.bin'))
  expect(brotliDecompressSync(readFileSync(join(distFolder, 'blazeface', 'model.bin.br')))).toEqual(plain)
  expect(gunzipSync(readFileSync(join(distFolder, 'blazeface', 'model.bin.gz')))).toEqual(plain)
})
