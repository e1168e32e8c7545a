import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { withoutEval } from '../../../client/result/basis-without-eval.ts'
import { pixelsOf } from '../../../client/result/image-codec.ts'
import { encodeKtx2 } from '../../../client/result/ktx2.ts'
import { root } from '../../../models/paths.ts'
import { gradientTexture } from './synthetic.ts'

const basis = join(root, 'node_modules', 'ktx2-encoder', 'dist', 'basis')
const original = readFileSync(join(basis, 'basis_encoder.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'basis-'))
copyFileSync(join(basis, 'basis_encoder.wasm'), join(folder, 'basis_encoder.wasm'))
afterAll(() => rmSync(folder, { recursive: true }))

const encode = [
  '--disallow-code-generation-from-strings',
  join(root, 'test', 'support', 'encode-without-eval.ts'),
  folder,
]

it('writes the very same file where nothing may be compiled from text; the package’s own script writes none', async () => {
  writeFileSync(join(folder, 'basis_encoder.mjs'), original)
  expect(spawnSync(process.execPath, encode, { encoding: 'utf8' }).stderr).toContain('EvalError')
  writeFileSync(join(folder, 'basis_encoder.mjs'), withoutEval(original))
  execFileSync(process.execPath, encode)
  const file = new Uint8Array(readFileSync(join(folder, 'texture.ktx2')))
  expect(file).toEqual(await encodeKtx2(pixelsOf(gradientTexture(64), 64)))
})

it('refuses a script that it does not know, by name', () => {
  const other = original.replace('return new Function(args1,invokerFnBody)', 'return craft(args1)')
  expect(() => withoutEval(other)).toThrow('a version whose createJsInvoker is not known here')
  expect(() => withoutEval(`${original};eval("1")`)).toThrow('compiles source text in one more place')
})
