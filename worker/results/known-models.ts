import type { Env } from '../env.ts'
import type { ModelHashes } from '../validation/validate.ts'

interface Manifest {
  models: { id: string; files: { sha256: string }[] }[]
}

/** sha256 of every model file that this service hands out, with the id of its model. */
export async function knownModels(env: Env): Promise<ModelHashes> {
  const object = await env.MODELS.get('models/manifest.json')
  const { models } = object ? await object.json<Manifest>() : { models: [] }
  return new Map(models.flatMap(({ id, files }) => files.map(({ sha256 }) => [sha256, id] as const)))
}
