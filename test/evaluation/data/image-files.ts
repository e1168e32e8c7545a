import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join, parse, resolve } from 'node:path'
import { CommandError } from '../../../client/cli/command-error.ts'
import { systemReason } from '../../../client/runtime/system-reason.ts'

export const imageExtensions = ['.png', '.jpg', '.jpeg', '.webp']

const natural = new Intl.Collator('en', { numeric: true })

/** 1 before 2 before 10. */
export function byNumber(a: string, b: string): number {
  return natural.compare(a, b)
}

/** File name without folder and extension. */
export function stem(path: string): string {
  return parse(path).name
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}

/** @throws CommandError where the path is missing or no folder. */
export async function needFolder(dir: string): Promise<void> {
  const entry = await stat(dir).catch((error) => {
    throw new CommandError(
      `The folder ${dir} can't be read (${systemReason(error)}): give a folder that exists.`,
    )
  })
  if (!entry.isDirectory()) throw new CommandError(`${dir} is a file: give the folder that holds it.`)
}

/** The images of a folder, see {@link filesOf}. */
export function imageFiles(dir: string, depth?: number): Promise<string[]> {
  return filesOf(dir, imageExtensions, depth)
}

/**
 * The files of a folder that have one of the extensions, in natural order, hidden files and folders left out.
 *
 * @param extensions lower case, with their dot
 * @param depth how many levels of folders below are searched as well
 * @returns paths that begin with `dir`
 */
export async function filesOf(
  dir: string,
  extensions: readonly string[],
  depth = Infinity,
): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.sort((a, b) => byNumber(a.name, b.name))) {
    if (entry.name.startsWith('.')) continue
    const path = join(dir, entry.name)
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path)))) {
      if (depth > 0) found.push(...(await filesOf(path, extensions, depth - 1)))
    } else if (extensions.includes(extname(entry.name).toLowerCase())) found.push(path)
  }
  return found
}

/** What a folder holds, for sentences: `a.txt, images (and 3 more)`. */
export async function contents(dir: string): Promise<string> {
  const names = (await readdir(dir)).filter((name) => !name.startsWith('.')).sort(byNumber)
  if (names.length === 0) return 'nothing'
  const rest = names.length - 5
  return names.slice(0, 5).join(', ') + (rest > 0 ? ` (and ${rest} more)` : '')
}

/** A folder that may be the data set's root or the wanted folder itself. */
export async function folderNamed(dir: string, name: string): Promise<string | null> {
  if (await isFolder(join(dir, name))) return join(dir, name)
  return basename(resolve(dir)) === basename(name) ? dir : null
}
