import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../models/paths.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sources = [
  ...globSync('client/capture/**/*.ts', { cwd: root }),
  ...globSync('client/face/*.ts', { cwd: root }),
]

/** Rows `| constants | values | files | source |`. */
const rows = read('client/capture/README.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /`[\w/-]+\.ts`/.test(cells[3]))
  .map(([, constants, , files]) => ({
    constants: [...constants.matchAll(/`(\w+)[\w.]*`/g)].map(([, name]) => name),
    files: [...files.matchAll(/`([\w/-]+\.ts)`/g)].map(([, file]) => file),
  }))

describe('the tables of the README', () => {
  it('are read', () => {
    expect(rows.length).toBeGreaterThan(50)
  })

  it.each(rows)('name $constants where they are: $files', ({ constants, files }) => {
    const found = files.map((file) => sources.filter((source) => source.endsWith(`/${file}`)))
    for (const of of found) expect(of).toHaveLength(1)
    const text = found.map(([source]) => read(source)).join('\n')
    for (const name of constants) expect(text).toMatch(new RegExp(`const ${name}\\b`))
  })
})
