import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { distFolder } from '../../models/paths.ts'
import { diskStore } from '../runtime/disk.ts'
import type { ModelStore } from '../runtime/models.ts'
import type { Reporter } from './reporter.ts'

/** The model files on disk; on a fresh clone they are made first, out of the installed packages. */
export async function modelStore(reporter: Reporter): Promise<ModelStore> {
  if (!existsSync(join(distFolder, 'manifest.json'))) {
    reporter.say('Making the model files out of the installed packages (once) ...')
    const { makeModels } = await import('../../models/make-models.ts')
    await makeModels({ log: reporter.say })
  }
  return diskStore()
}
