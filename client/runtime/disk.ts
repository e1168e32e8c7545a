import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  filesNamed,
  findModel,
  ModelError,
  type ModelManifest,
  type ModelStore,
  nameInModel,
} from './models.ts'
import { sha256Hex } from './sha256.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** In the built library they lie beside this script (worker/dev/library.ts), else where they are made. */
const packed = join(here, 'models')
const made = join(here, '..', '..', 'models', 'dist')

/**
 * The model files that `npm run models` made, for Node.
 *
 * @param folder holds `manifest.json` and `<id>/<file>`; default: the library's own, in the repository models/dist
 */
export function diskStore(folder: string = existsSync(packed) ? packed : made): ModelStore {
  const read = async (file: string): Promise<Uint8Array> => {
    try {
      return await readFile(join(folder, file))
    } catch {
      throw new ModelError(
        'missing',
        `${join(folder, file)} cannot be read. Make the model files in FaceRefiner's repository with: npm run models`,
      )
    }
  }
  const manifest = async (): Promise<ModelManifest> =>
    JSON.parse(new TextDecoder().decode(await read('manifest.json')))

  return {
    manifest,
    async load(id, onProgress, names) {
      const files = filesNamed(findModel(await manifest(), id), names)
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
      const loaded = new Map<string, Uint8Array>()
      let bytes = 0
      for (const entry of files) {
        const data = await read(entry.file)
        if ((await sha256Hex(data)) !== entry.sha256) {
          throw new ModelError(
            'altered',
            `${join(folder, entry.file)} is not the file that the manifest describes. Make it anew in FaceRefiner's repository with: npm run models`,
          )
        }
        loaded.set(nameInModel(entry), data)
        bytes += data.length
        onProgress?.({ file: entry.file, loaded: bytes, total })
      }
      return loaded
    },
  }
}
