import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A named pipe that hands out the content once, as `<(cat file)` does in a shell. */
export function pipeOf(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(`${path}.content`, content)
  execFileSync('mkfifo', [path])
  spawn('sh', ['-c', `cat '${path}.content' > '${path}'`], { stdio: 'ignore' })
  return path
}
