import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** Path of a file inside an installed npm package (past its `exports`, which hide data files). */
export function packageFile(name: string, file: string): string {
  return join(root, 'node_modules', name, file)
}

export function packageVersion(name: string): string {
  return JSON.parse(readFileSync(packageFile(name, 'package.json'), 'utf8')).version
}
