import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { loadBackbone } from '../../../client/refine/backbone.ts'
import { halvesToFloats } from '../../../client/refine/weights.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { addModel } from '../../../models/add.ts'
import { floatsToHalves } from '../../../models/float16.ts'
import { convName, onnxFile, randomVgg16, safetensorsFile, torchZipFile } from '../../support/vgg16-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'add-model-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)
const dist = path('dist')
beforeEach(() => rmSync(dist, { recursive: true, force: true }))

const given = (name: string, parts: Uint8Array[]) => {
  writeFileSync(path(name), Buffer.concat(parts))
  return path(name)
}
const network = randomVgg16()

test('adds weights that the store holds to their hash and the backbone loads', async () => {
  const { files } = await addModel(['vgg16', given('vgg16.pth', torchZipFile(network))], dist)
  const store = diskStore(dist)
  expect((await store.manifest()).models).toMatchObject([
    { id: 'vgg16', purpose: 'backbone', licence: 'BSD-3-Clause (torchvision)', files },
  ])
  const { weights } = await loadBackbone('vgg16', store)
  const names = [...network.keys()].map(convName)
  const adjoints = names.filter((name) => name.endsWith('.weight')).map((name) => `${name}.adjoint`)
  expect([...weights.keys()].sort()).toEqual([...names, ...adjoints].sort())
  for (const [name, { shape, data }] of network) {
    expect(weights.get(convName(name))).toEqual({ shape, data: halvesToFloats(floatsToHalves(data)) })
  }
})

test('tells the format by its content, and gives one file for one network', async () => {
  const hashes = new Set<string>()
  // Each under another's name.
  for (const [name, parts] of [
    ['a.onnx', torchZipFile(network)],
    ['a.pth', safetensorsFile(network)],
    ['a.safetensors', onnxFile(network)],
  ] as const) {
    const { files } = await addModel(['vgg16', given(name, parts)], dist)
    hashes.add(files[0].sha256)
  }
  expect(hashes.size).toBe(1)
})

test('a second one replaces the first', async () => {
  const first = await addModel(['vgg16', given('first.pth', torchZipFile(network))], dist)
  const second = await addModel(
    ['vgg16', given('second.pth', torchZipFile(randomVgg16([5, 5, 5, 5, 5])))],
    dist,
  )
  expect(second.version).not.toBe(first.version)
  const store = diskStore(dist)
  const served = second.files.map((file) => ({ ...file, packed: expect.any(Number) }))
  expect((await store.manifest()).models).toEqual([{ ...second, files: served }])
  expect((await loadBackbone('vgg16', store)).weights.get('conv1_1.weight')!.shape).toEqual([5, 3, 3, 3])
})

test('refuses a file with its name and writes nothing', async () => {
  const broken = given('broken.pth', torchZipFile(network).slice(0, -1))
  await expect(addModel(['vgg16', broken], dist)).rejects.toThrow(`${broken} is a truncated zip archive`)
  await expect(addModel(['vgg16', folder], dist)).rejects.toThrow(`${folder} is no plain file`)
  expect(existsSync(dist)).toBe(false)
  await addModel(['vgg16', given('good.pth', torchZipFile(network))], dist)
  const before = readdirSync(dist, { recursive: true })
  const manifest = readFileSync(join(dist, 'manifest.json'))
  await expect(addModel(['vgg16', broken], dist)).rejects.toThrow()
  expect(readdirSync(dist, { recursive: true })).toEqual(before)
  expect(readFileSync(join(dist, 'manifest.json'))).toEqual(manifest)
})

test('the command ends with code 1 and one sentence', () => {
  for (const [parameters, sentence] of [
    [['vgg16', given('text.pth', [new TextEncoder().encode('<html>')])], /neither a PyTorch/],
    [['vgg16', path('nowhere.safetensors')], /can't be read \(ENOENT\)/],
    [['vgg16'], /give npm run models -- add vgg16 FILE/],
    [['vgg19', path('text.pth')], /"add vgg19 .*" can't be done/],
  ] as const) {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['models/make.ts', 'add', ...parameters], {
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(sentence)
  }
  expect(readFileSync('models/manifest.json', 'utf8')).not.toContain('vgg16')
})
