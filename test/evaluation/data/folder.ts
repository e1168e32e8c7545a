import { parse, relative } from 'node:path'
import { CommandError } from '../../../client/cli/command-error.ts'
import type { Sample } from '../types.ts'
import { contents, imageFiles, needFolder } from './image-files.ts'

/**
 * All JPEG, PNG and WebP files of a folder and the folders in it, in natural order, named by {@link samplesOfFiles}.
 *
 * @throws CommandError where the folder is missing, no folder, or without images.
 */
export async function samplesIn(dir: string): Promise<Sample[]> {
  await needFolder(dir)
  const paths = await imageFiles(dir)
  if (paths.length === 0) {
    throw new CommandError(
      `${dir} holds no JPEG, PNG or WebP image (it holds ${await contents(dir)}): give a folder of photos.`,
    )
  }
  return samplesOfFiles(dir, paths)
}

/**
 * Samples of files in a folder. A name is the path inside the folder with `-` for its separators and without the extension,
 * which returns where two files would share a name. Everyone is taken to be somebody else.
 */
export function samplesOfFiles(dir: string, paths: readonly string[]): Sample[] {
  const taken = new Set<string>()
  return paths.map((path) => {
    const name = unusedName(relative(dir, path), taken)
    taken.add(name)
    return { name, subject: name, path }
  })
}

function unusedName(path: string, taken: Set<string>): string {
  const { dir, name, ext } = parse(path)
  const flat = (dir ? `${dir}/${name}` : name).replace(/[\\/]+/g, '-')
  const candidates = [flat, `${flat}-${ext.slice(1).toLowerCase()}`]
  for (let number = 2; ; number++) {
    const free = candidates.find((candidate) => !taken.has(candidate))
    if (free) return free
    candidates.push(`${flat}-${number}`)
  }
}
