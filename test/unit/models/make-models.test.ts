import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ModelManifest } from '../../../client/runtime/models.ts'
import { distFolder, packagesFolder, root } from '../../../models/paths.ts'
import { randomVgg16, torchZipFile } from '../../support/vgg16-files.ts'

// The real script in a copy of the repository, so that the files here stay as they are.
let copy: string

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'make-models-'))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const file of ['client/runtime/models.ts', 'client/refine/weights.ts', 'worker/dev/command-line.ts']) {
    cpSync(join(root, file), join(copy, file), { recursive: true })
  }
  cpSync(join(root, 'models'), join(copy, 'models'), {
    recursive: true,
    filter: (path) => path !== distFolder && path !== packagesFolder,
  })
  symlinkSync(packagesFolder, join(copy, 'models', 'packages'))
  writeFileSync(join(copy, 'package.json'), '{"type": "module"}')
})
afterAll(() => rmSync(copy, { recursive: true }))

const make = (...parameters: string[]) =>
  spawnSync(process.execPath, [join(copy, 'models', 'make.ts'), ...parameters], { encoding: 'utf8' })

test('names a file that came out different, and accepts it with --write', { timeout: 180_000 }, () => {
  // Only the small entries: packing the runtime's WebAssembly takes its time.
  const recipes = "import { humanModels } from './human.ts'\nexport const recipes = humanModels\n"
  writeFileSync(join(copy, 'models', 'recipes.ts'), recipes)
  const path = join(copy, 'models', 'manifest.json')
  const manifest: ModelManifest = JSON.parse(readFileSync(path, 'utf8'))
  const right = manifest.models[0].files[1].sha256
  const unmade = make()
  expect(unmade.status).toBe(1)
  expect(unmade.stderr).toMatch(/^Nothing makes .*inception-v3\.safetensors/)

  manifest.models = manifest.models.slice(0, 2)
  manifest.models[0].files[1].sha256 = '0'.repeat(64)
  writeFileSync(path, JSON.stringify(manifest))
  const refused = make()
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('blazeface/model.bin')
  expect(refused.stderr).toContain(right)
  expect(refused.stderr).toContain('npm run models -- --write')

  expect(make('--write').status).toBe(0)
  const written: ModelManifest = JSON.parse(readFileSync(path, 'utf8'))
  expect(written.models[0].files[1].sha256).toBe(right)
  expect(make().stdout).toContain('up to date')
})

test('keeps what was added when the rest is made anew, as long as it is there', { timeout: 180_000 }, () => {
  const dist = join(copy, 'models', 'dist')
  const served = () => {
    const manifest: ModelManifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))
    return manifest.models.map(({ id }) => id)
  }
  const own = ['blazeface', 'selfie']
  const given = join(copy, 'given.pth')
  writeFileSync(given, Buffer.concat(torchZipFile(randomVgg16())))
  const added = make('add', 'vgg16', given)
  expect(added.stdout).toContain('vgg16 is added: models/dist/vgg16/vgg16.safetensors')
  expect(served()).toEqual([...own, 'vgg16'])
  const file = readFileSync(join(dist, 'vgg16', 'vgg16.safetensors'))

  rmSync(join(dist, '.stamp'))
  rmSync(join(dist, 'manifest.json'))
  expect(make().stdout).toContain('are in models/dist')
  expect(served()).toEqual([...own, 'vgg16'])
  expect(readFileSync(join(dist, 'vgg16', 'vgg16.safetensors')).equals(file)).toBe(true)

  rmSync(join(dist, 'vgg16'), { recursive: true })
  expect(make('--write').status).toBe(0)
  expect(served()).toEqual(own)
})

test('refuses an unknown flag', () => {
  const { status, stderr } = make('--wriet')
  expect(status).toBe(2)
  expect(stderr).toContain('--wriet')
})
