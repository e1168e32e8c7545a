import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { diskStore } from '../../../client/runtime/disk.ts'
import { readManifest } from '../../../models/make-models.ts'
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
    const served = (await store.manifest()).models
    // Besides, what was added on this machine.
    const plain = served.map((model) => ({
      ...model,
      files: model.files.map(({ packed: _, ...file }) => file),
    }))
    expect(plain).toEqual(expect.arrayContaining(models))
    for (const { file, bytes, packed = bytes } of served.flatMap((model) => model.files)) {
      const path = join(distFolder, file)
      expect(packed).toBe(statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size)
    }
  })
})

test('the packed variants unpack to the plain files', () => {
  const plain = readFileSync(join(distFolder, 'blazeface', 'model.bin'))
  expect(brotliDecompressSync(readFileSync(join(distFolder, 'blazeface', 'model.bin.br')))).toEqual(plain)
  expect(gunzipSync(readFileSync(join(distFolder, 'blazeface', 'model.bin.gz')))).toEqual(plain)
})
