import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reserveFolder } from '../../../client/cli/output-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('reserveFolder', () => {
  it('shows the files only when they are complete', async () => {
    const out = join(folder, 'new', 'deep')
    const output = await reserveFolder(out)
    await output.write('a.txt', 'one')
    expect(existsSync(out)).toBe(false)
    expect(await output.commit()).toEqual([join(out, 'a.txt')])
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('one')
    expect(readdirSync(folder)).toEqual(['new'])
    expect(readdirSync(out)).toEqual(['a.txt'])
  })

  it('leaves nothing behind when discarded', async () => {
    const output = await reserveFolder(join(folder, 'new'))
    await output.write('a.txt', 'one')
    await output.discard()
    expect(readdirSync(folder)).toEqual([])
  })

  it('replaces older results and leaves other files alone', async () => {
    writeFileSync(join(folder, 'a.txt'), 'old')
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    const output = await reserveFolder(folder)
    await output.write('a.txt', 'new')
    await output.commit()
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('new')
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'mine.txt'])
  })

  it('refuses a file, and a folder below a file', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(reserveFolder(join(folder, 'file'))).rejects.toThrow(
      /can't be written to \(it is a file\): choose another/,
    )
    await expect(reserveFolder(join(folder, 'file', 'deep'))).rejects.toThrow(
      "can't be written to (a part of the path is a file)",
    )
  })

  it.skipIf(process.getuid?.() === 0)('refuses a folder without permission', async () => {
    mkdirSync(join(folder, 'locked'), { mode: 0o500 })
    await expect(reserveFolder(join(folder, 'locked'))).rejects.toThrow('permission denied')
  })
})
