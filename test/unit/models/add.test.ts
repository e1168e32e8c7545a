import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadBackbone } from '../../../client/refine/backbone.ts'
import { readWeights } from '../../../client/refine/weights.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { addModel } from '../../../models/add.ts'
import { type StoredTensor, writeSafetensors } from '../../../models/safetensors.ts'
import { tinyBackboneStore } from '../../support/tiny-backbone.ts'

const folder = mkdtempSync(join(tmpdir(), 'add-model-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)

const whole = (await tinyBackboneStore().load('vgg16')).get('vgg16.safetensors')!
const { tensors } = readWeights(whole)
const stored = (change: (tensors: Map<string, StoredTensor>) => void) => {
  const changed = new Map([...tensors].map(([name, t]) => [name, { dtype: 'F32' as const, ...t }]))
  change(changed as Map<string, StoredTensor>)
  return writeSafetensors(changed, {})
}

/** torchvision's VGG16: where its convolutions stand among ReLUs and pools. */
const torchvision = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28]

test.each(['conv names', "torchvision's names"])(
  'adds weights with %s, twice without doubling',
  async (kind) => {
    const names = [...tensors.keys()].filter((name) => name.endsWith('.weight'))
    const renamed = new Map<string, StoredTensor>()
    for (const [name, tensor] of tensors) {
      const [conv, part] = name.split('.')
      const index = torchvision[names.indexOf(`${conv}.weight`)]
      renamed.set(kind === 'conv names' ? name : `features.${index}.${part}`, { dtype: 'F32', ...tensor })
    }
    writeFileSync(path('given.safetensors'), writeSafetensors(renamed, {}))
    const other = { id: 'other', purpose: 'capture', files: [] }
    writeFileSync(path('manifest.json'), JSON.stringify({ models: [other] }))
    await addModel(['vgg16', path('given.safetensors')], folder)
    await addModel(['vgg16', path('given.safetensors')], folder)
    const store = diskStore(folder)
    expect((await store.manifest()).models).toMatchObject([
      other,
      { id: 'vgg16', purpose: 'backbone', licence: 'BSD-3-Clause (torchvision)' },
    ])
    // The store holds the file to its hash.
    expect((await loadBackbone('vgg16', store)).weights).toEqual(tensors)
  },
)

test.each([
  [
    'incomplete',
    stored((t) => t.delete('conv3_2.bias')),
    /has no tensor conv3_2\.bias \(nor features\.12\.bias\)/,
  ],
  [
    'misfit',
    stored((t) => t.set('conv3_1.weight', t.get('conv3_2.weight')!)),
    /conv3_1\.weight of shape \[6,6,3,3\] where \[any, 4, 3, 3\]/,
  ],
  ['truncated', whole.subarray(0, whole.length - 9), /no whole safetensors file/],
  ['text', new TextEncoder().encode('not weights, but some text'), /no whole safetensors file/],
])('refuses a file that is %s', async (name, bytes, sentence) => {
  writeFileSync(path(`${name}.safetensors`), bytes)
  await expect(addModel(['vgg16', path(`${name}.safetensors`)], folder)).rejects.toThrow(sentence)
})

test('the command ends with code 1 and one sentence', () => {
  for (const [file, sentence] of [
    ['vgg16.pth', /PyTorch or ONNX file, which can't be read yet/],
    ['vgg16.onnx', /PyTorch or ONNX file/],
    ['nowhere.safetensors', /can't be read \(ENOENT\)/],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, ['models/make.ts', 'add', 'vgg16', path(file)], {
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(sentence)
  }
  expect(readFileSync('models/manifest.json', 'utf8')).not.toContain('vgg16')
})
