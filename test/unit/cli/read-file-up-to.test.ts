import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readFileUpTo } from '../../../client/cli/read-file-up-to.ts'
import { pipeOf } from '../../support/pipe.ts'

const folder = mkdtempSync(join(tmpdir(), 'read-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'ten')
writeFileSync(path, '0123456789')

it('reads files and pipes of as many bytes as may be, and none of one more', async () => {
  for (const open of [() => path, () => pipeOf(folder, `pipe-${Math.random()}`, '0123456789')]) {
    expect((await readFileUpTo(open(), 10, 'It')).toString()).toBe('0123456789')
    await expect(readFileUpTo(open(), 9, 'It')).rejects.toThrow('It has more than 9 bytes')
  }
  await expect(readFileUpTo('/dev/zero', 1000, 'It')).rejects.toThrow('more than 1,000 bytes')
  await expect(readFileUpTo(join(folder, 'none'), 1, 'It')).rejects.toThrow('ENOENT')
})
