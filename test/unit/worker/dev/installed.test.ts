import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '../../../../models/paths.ts'
import { installedMegabytes, isInstalled } from '../../../../worker/dev/installed.mjs'

let folder: string
const needed = { version: '1.0.0', integrity: 'sha512-a' }
const ofTests = { 'node_modules/of-tests': { version: '1.0.0', integrity: 'sha512-d', dev: true } }
const lock = {
  '': { version: '0.1.0' },
  'node_modules/needed': needed,
  ...ofTests,
  'node_modules/for-another-system': { version: '2.0.0', integrity: 'sha512-b', optional: true },
}

function write(file: string, packages: object): void {
  writeFileSync(join(folder, file), JSON.stringify({ packages }))
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installed-'))
  mkdirSync(join(folder, 'node_modules'))
  write('package-lock.json', lock)
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('isInstalled', () => {
  test('takes what is locked, with or without packages for other systems', () => {
    write('node_modules/.package-lock.json', { 'node_modules/needed': needed, ...ofTests })
    expect(isInstalled(folder)).toBe(true)
    write('node_modules/.package-lock.json', lock)
    expect(isInstalled(folder)).toBe(true)
  })

  test('misses a package, another version, another content, and an installation at all', () => {
    expect(isInstalled(folder)).toBe(false)
    write('node_modules/.package-lock.json', ofTests)
    expect(isInstalled(folder)).toBe(false)
    write('node_modules/.package-lock.json', {
      'node_modules/needed': { ...needed, version: '1.0.1' },
      ...ofTests,
    })
    expect(isInstalled(folder)).toBe(false)
    write('node_modules/.package-lock.json', {
      'node_modules/needed': { ...needed, integrity: 'sha512-c' },
      ...ofTests,
    })
    expect(isInstalled(folder)).toBe(false)
  })

  test('does without packages that only tests need where nobody asks for them', () => {
    write('node_modules/.package-lock.json', { 'node_modules/needed': needed })
    expect(isInstalled(folder)).toBe(false)
    expect(isInstalled(folder, { omitDev: true })).toBe(true)
    write('node_modules/.package-lock.json', ofTests)
    expect(isInstalled(folder, { omitDev: true })).toBe(false)
  })

  test('holds here, where the tests run', () => {
    expect(isInstalled(root)).toBe(true)
  })
})

test('installedMegabytes counts packages and the bytes of their files, once where links lead to them', () => {
  write('node_modules/.package-lock.json', { 'node_modules/needed': needed, ...ofTests })
  mkdirSync(join(folder, 'node_modules', 'needed'))
  writeFileSync(join(folder, 'node_modules', 'needed', 'data'), new Uint8Array(3e6))
  symlinkSync(join('needed', 'data'), join(folder, 'node_modules', 'link'))
  expect(installedMegabytes(folder)).toEqual({ packages: 2, megabytes: 3 })
})
