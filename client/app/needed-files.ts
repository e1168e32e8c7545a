import { tfjsFile } from '../capture/find/tfjs.ts'
import { presets } from '../refine/schedule.ts'
import { likelyBuild } from '../runtime/choose.ts'
import type { ModelFile } from '../runtime/models.ts'
import type { BrowserStore } from '../runtime/store.ts'
import { wasmFileName } from '../runtime/wasm.ts'
import { presetNames } from './choices.ts'

/** A model, or some of its files. */
export interface Needed {
  id: string
  names?: readonly string[]
}

/** What finding and measuring a face, and making a head of it, loads in this browser; hair comes when its style is known. */
export async function captureFiles(): Promise<Needed[]> {
  const tfjs = await tfjsFile()
  const networks = ['blazeface', 'facemesh', 'selfie', 'canonical-face', 'head'].map((id) => ({ id }))
  return tfjs ? [...networks, { id: 'tfjs', names: [tfjs] }] : networks
}

/** What a refinement loads besides. */
export async function refineFiles(): Promise<Needed[]> {
  const backbones = new Set(presetNames.map((name) => presets[name].backbone))
  return [{ id: 'ort', names: [wasmFileName(await likelyBuild())] }, ...[...backbones].map((id) => ({ id }))]
}

/** Downloads what is not kept yet, all at the same time. What is kept is read and verified by whoever uses it. */
export async function fetchFiles(store: BrowserStore, needed: readonly Needed[]): Promise<void> {
  await Promise.all(
    needed.map(async ({ id, names }) => {
      if ((await store.lacking(id, names)).length > 0) await store.load(id, undefined, names)
    }),
  )
}

/** Those of the files that would have to be downloaded. */
export async function lackingFiles(store: BrowserStore, needed: readonly Needed[]): Promise<ModelFile[]> {
  return (await Promise.all(needed.map(({ id, names }) => store.lacking(id, names)))).flat()
}
