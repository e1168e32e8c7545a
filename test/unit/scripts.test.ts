import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { root } from '../../models/paths.ts'

// Every command that a person can type tells what it does, and says no to what it does not know, before it does anything.
vi.setConfig({ testTimeout: 60_000 })
const run = promisify(execFile)

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
/** What npm runs, without the third of a second that npm takes for it. */
const npmScripts: [name: string, command: string[]][] = Object.entries<string>(scripts).map(
  ([name, script]) => [
    name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`,
    script.split(' '),
  ],
)
/** Scripts that are called by their path, as their usage says. */
const tracked = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
const others: [name: string, command: string[]][] = tracked
  .filter((path) => new RegExp(`\\(\\s*\`node ${path}\\b`).test(readFileSync(join(root, path), 'utf8')))
  .map((path) => [`node ${path}`, [process.execPath, path]])

async function call([command, ...parameters]: string[]) {
  try {
    const { stdout, stderr } = await run(command, parameters, { cwd: root, timeout: 50_000 })
    return { code: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}

it('the scripts that are called by their path are found', () => {
  expect(others.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'node test/bench/service/visitor.ts',
      'node test/bench/ten-faces.ts',
      'node test/bench/head.ts',
    ]),
  )
})

it('files that code finds from where it lies are there', () => {
  const named = tracked.flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return [...text.matchAll(/new URL\('([^']+)', import\.meta\.url\)/g)].map(([, to]) => [path, to])
  })
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(([path, to]) => !existsSync(join(root, path, '..', to)))).toEqual([])
})

it('npm hands on what follows --, and the exit code', async () => {
  const { code, stderr } = await call(['npm', 'run', '--silent', 'cost', '--', '--surprise'])
  expect(code).toBe(2)
  expect(stderr).toContain('--surprise')
})

describe.each([...npmScripts, ...others])('%s', (name, command) => {
  it('--help: how it is called, and nothing else', async () => {
    const { code, stdout, stderr } = await call([...command, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.replace('npm run -s ', 'npm run ')).toContain(name)
    // No work was done that would have been told of.
    expect(stdout).not.toMatch(/: (done|up to date|ready) \(|^> /m)
  })

  it('an option that there is not: a sentence, exit code 2', async () => {
    const { code, stdout, stderr } = await call([...command, '--surprise'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--surprise')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/\.( \(--help tells more\.\)| --help lists the options\.)?\n$/)
  })
})
