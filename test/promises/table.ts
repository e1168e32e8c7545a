import { readFileSync, writeFileSync } from 'node:fs'
import { type PromiseNumber, promises } from './promises.ts'

/** Figures of promises by the promise's number and what they are of. */
export type Figures = Partial<Record<PromiseNumber, Record<string, number | string>>>

const document = new URL('../../README.md', import.meta.url)

/** @param lines as tell() of amounts.ts writes them; a later figure replaces an earlier one of its name */
export function readFigures(lines: string): Figures {
  const told: Figures = {}
  for (const line of lines.split('\n').filter(Boolean)) {
    const { promise, figures } = JSON.parse(line) as {
      promise: PromiseNumber
      figures: Record<string, number | string>
    }
    told[promise] = { ...told[promise], ...figures }
  }
  return told
}

/** Puts figures into the rows of the project's README; those of other promises stay. */
export function writeFigures(figures: Figures, day: Date): void {
  const text = readFileSync(document, 'utf8')
  writeFileSync(document, withFigures(text, figures, day))
}

/** @returns the document with the rows of these promises written anew */
export function withFigures(text: string, figures: Figures, day: Date): string {
  let changed = text
  for (const [number, told] of Object.entries(figures)) {
    const { promise, file } = promises[Number(number) as PromiseNumber]
    const words = Object.entries(told).map(([name, value]) => `${name}: ${value}`)
    const date = day.toISOString().slice(0, 10)
    const row = `| ${number} | [${promise}](test/promises/${file}.test.ts) | ${words.join('; ')} | ${date} |`
    const before = changed
    changed = changed.replace(new RegExp(`^\\| ${number} \\|.*$`, 'm'), () => row)
    if (changed === before && !before.includes(row))
      throw new Error(`The table has no row of promise ${number}.`)
  }
  return changed
}
