import type { ModelEntry } from '../client/runtime/models.ts'

/** How one entry of the manifest is made out of npm packages. */
export interface Recipe extends Omit<ModelEntry, 'files' | 'version'> {
  /** npm package that the files come from; its version is the entry's version. */
  from: string
  /** Makes the files, by name relative to the model (`model.json`). The same packages give the same bytes. */
  make(): Promise<Map<string, Uint8Array>>
}
