import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../models/paths.ts'

/** The sample photo refined by the terminal's code in a process of its own: texture.png (base64) and the record. */
export async function refineInTerminal(preset: string, seed: number): Promise<unknown> {
  const script = join(root, 'test/support/terminal-run.ts')
  const photo = join(root, 'client/app/sample/astronaut.png')
  const { stdout } = await promisify(execFile)(process.execPath, [script, photo, preset, String(seed)], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout)
}
