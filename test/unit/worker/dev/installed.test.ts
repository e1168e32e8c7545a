import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '../../../../models/paths.ts'
import { isInstalled } from '../../../../worker/dev/installed.mjs'

let folder: string
const needed = { version: '1.0.0', integrity: 'sha512-a' }
const lock = {
  '': { version: '0.1.0' },
  'node_modules/needed': needed,
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
    write('node_modules/.package-lock.json', { 'node_modules/needed': needed })
    expect(isInstalled(folder)).toBe(true)
    write('node_modules/.package-lock.json', lock)
    expect(isInstalled(folder)).toBe(true)
  })

  test('misses a package, another version, another content, and an installation at all', () => {
    expect(isInstalled(folder)).toBe(false)
    write('node_modules/.package-lock.json', {})
    expect(isInstalled(folder)).toBe(false)
    write('node_modules/.package-lock.json', { 'node_modules/needed': { ...needed, version: '1.0.1' } })
    expect(isInstalled(folder)).toBe(false)
    write('node_modules/.package-lock.json', { 'node_modules/needed': { ...needed, integrity: 'sha512-c' } })
    expect(isInstalled(folder)).toBe(false)
  })

  test('holds here, where the tests run', () => {
    expect(isInstalled(root)).toBe(true)
  })
})
