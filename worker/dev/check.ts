import { spawnSync } from 'node:child_process'
import { commandLine } from './command-line.ts'

const checks: Record<string, readonly string[]> = { tsc: ['-p', '.'], biome: ['check', '.'] }

/** Checks types and style. @returns the names of those that failed */
export function check(): string[] {
  return Object.entries(checks).flatMap(([command, parameters]) => run(command, parameters))
}

/** Runs a command of the installed packages in the open. @returns its name where it failed */
export function run(command: string, parameters: readonly string[]): string[] {
  console.log(`\n> ${[command, ...parameters].join(' ')}`)
  return spawnSync(command, parameters, { stdio: 'inherit' }).status === 0 ? [] : [command]
}

/** Says which checks failed, and ends with code 1 then. */
export function report(failed: readonly string[]): void {
  if (failed.length === 0) return
  console.error(`\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}

if (import.meta.main) {
  commandLine(
    'npm run check       checks types (tsc) and style (biome check); npx biome check --write . mends style',
  )
  report(check())
}
