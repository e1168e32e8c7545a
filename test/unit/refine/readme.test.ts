import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../../models/paths.ts'

it('the rows that code cites are in the table of the README', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const rows = [...read('client/refine/README.md').matchAll(/^\| (\d+) \|/gm)].map(([, row]) => row)
  const cited = globSync('client/refine/*.ts', { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/README, row (\d+)/g)].map(([, row]) => row),
  )
  expect(rows).toEqual(rows.map((_, i) => `${i + 1}`))
  expect(cited.length).toBeGreaterThan(5)
  expect(cited.filter((row) => !rows.includes(row))).toEqual([])
})
