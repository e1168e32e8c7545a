import { expect, it } from 'vitest'
import { promises } from '../../promises/promises.ts'
import { readFigures, withFigures } from '../../promises/table.ts'

const { promise, file } = promises[8]

it('figures come into the row of their promise, the last of a name', () => {
  const lines = [
    { promise: 8, figures: { 'damaged PNGs': 10, crashes: 1 } },
    { promise: 8, figures: { crashes: 0 } },
  ].map((line) => JSON.stringify(line))
  const table = '| 1 | One | | |\n| 8 | Eight | | |\n'
  const written = withFigures(table, readFigures(`${lines.join('\n')}\n`), new Date('2026-11-30T12:00:00Z'))
  const row = `| 8 | [${promise}](test/promises/${file}.test.ts) | damaged PNGs: 10; crashes: 0 | 2026-11-30 |`
  expect(written).toBe(`| 1 | One | | |\n${row}\n`)
})

it('a table without the row is said', () => {
  expect(() => withFigures('| 1 | One | | |', { 8: { crashes: 0 } }, new Date())).toThrow(
    'no row of promise 8',
  )
})
