import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ModelFile } from '../client/runtime/models.ts'
import { compress, type Encoding, encodings } from './compress.ts'
import { sha256 } from './content-hash.ts'
import { distFolder } from './paths.ts'

/**
 * Writes a model's files with their compressed variants into a folder of models.
 *
 * @param files by name relative to the model (`model.json`)
 */
export async function placeFiles(
  id: string,
  files: Map<string, Uint8Array>,
  folder: string = distFolder,
): Promise<ModelFile[]> {
  const placed: ModelFile[] = []
  for (const [name, data] of files) {
    const path = join(folder, id, name)
    const packed = await compress(data)
    replaceFile(path, data)
    for (const encoding of Object.keys(encodings) as Encoding[]) {
      replaceFile(path + encodings[encoding], packed.get(encoding))
    }
    placed.push({ file: `${id}/${name}`, bytes: data.length, sha256: sha256(data) })
  }
  return placed
}

/** Writes a file, or removes it where there is no data, and leaves one that is already right to those who read it now. */
function replaceFile(path: string, data: Uint8Array | undefined): void {
  if (!data) rmSync(path, { force: true })
  else if (!existsSync(path) || !readFileSync(path).equals(data)) {
    mkdirSync(dirname(path), { recursive: true })
    // Whole or not at all, whenever the process ends.
    writeFileSync(`${path}.new`, data)
    renameSync(`${path}.new`, path)
  }
}
