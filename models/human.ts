import { readFileSync } from 'node:fs'
import { packageFile } from './package.ts'
import type { Recipe } from './recipe.ts'

const from = '@vladmandic/human'

/** The face detector and the person mask, as tfjs graph models. */
export const humanModels: Recipe[] = [
  {
    id: 'blazeface',
    from,
    purpose: 'capture',
    licence: 'Apache-2.0',
    source: `npm ${from} models/blazeface (MediaPipe BlazeFace back model by Google, converted to tfjs by V. Mandic, MIT)`,
    make: () => graphModel('blazeface'),
  },
  {
    id: 'selfie',
    from,
    purpose: 'capture',
    licence: 'Apache-2.0',
    source: `npm ${from} models/selfie (MediaPipe selfie segmentation by Google, converted by K. Hyodo's PINTO_model_zoo 109, Apache-2.0, and V. Mandic, MIT)`,
    make: () => graphModel('selfie'),
  },
]

/** A tfjs graph model under the names that every model here has: `model.json` with its weights in `model.bin`. */
async function graphModel(name: string): Promise<Map<string, Uint8Array>> {
  const model = JSON.parse(readFileSync(await packageFile(from, `models/${name}.json`), 'utf8'))
  if (model.weightsManifest?.length !== 1 || model.weightsManifest[0].paths.length !== 1) {
    throw new Error(`${from}: ${name}.json was expected to name exactly one weights file.`)
  }
  model.weightsManifest[0].paths = ['model.bin']
  return new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(model))],
    ['model.bin', readFileSync(await packageFile(from, `models/${name}.bin`))],
  ])
}
