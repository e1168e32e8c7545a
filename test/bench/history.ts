import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { root } from '../../models/paths.ts'

/** One measurement a line, oldest first. */
export const historyPath = join(root, 'test', 'bench', 'history.jsonl')

/** What figures depend on besides the code. Names no machine. */
export interface Circumstances {
  /** YYYY-MM-DD */
  date: string
  /** What was checked out; with a plus where files differed from it. */
  commit: string
  cpu: string
  cores: number
  /** Of the minute before. */
  load: number
}

export function circumstances(): Circumstances {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'client', 'test/bench')
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: git('rev-parse', '--short=10', 'HEAD') + (changed ? '+' : ''),
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    load: Math.round(100 * loadavg()[0]) / 100,
  }
}

export function save(line: object): void {
  appendFileSync(historyPath, `${JSON.stringify(line)}\n`)
}
