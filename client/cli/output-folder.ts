import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { systemReason } from '../runtime/system-reason.ts'
import { CommandError } from './command-error.ts'

/** Files that appear together in a folder, or not at all. */
export interface OutputFolder {
  write(name: string, content: Uint8Array | string): Promise<void>
  /** Moves everything written into the folder, over older files of the same names. Returns their paths. */
  commit(): Promise<string[]>
  /** Forgets what was written. Does nothing after `commit`. */
  discard(): Promise<void>
}

/**
 * Makes sure, before minutes of work, that a folder can be written to. The folder itself appears with `commit`:
 * until then the files wait in a hidden folder in it, or in its nearest existing parent.
 *
 * @throws CommandError where the folder can't be made or written to.
 */
export async function reserveFolder(path: string): Promise<OutputFolder> {
  const folder = resolve(path)
  const names: string[] = []
  let staging: string
  try {
    staging = await mkdtemp(join(await nearestFolder(folder), '.facerefiner-'))
  } catch (error) {
    throw new CommandError(
      `The output folder ${path} can't be written to (${systemReason(error)}): choose another with --out.`,
    )
  }
  return {
    async write(name, content) {
      await writeFile(join(staging, name), content)
      names.push(name)
    },
    async commit() {
      await mkdir(folder, { recursive: true })
      for (const name of names) await rename(join(staging, name), join(folder, name))
      await rm(staging, { recursive: true, force: true })
      return names.map((name) => join(folder, name))
    },
    discard: () => rm(staging, { recursive: true, force: true }),
  }
}

/** The folder itself where it exists, else the nearest parent that does. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error('it is a file'), { code: '' })
    return folder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error
    return nearestFolder(dirname(folder))
  }
}
