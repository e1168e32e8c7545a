import { type RunRecord, runRecord } from '../contract/record.ts'
import { safelyParsed } from '../contract/safely-parsed.ts'
import { limits } from '../limits.ts'
import { ValidationError } from './validation-error.ts'

const part = 'record.json'

/** Lower-case hex sha256 of every served model file, and the id of the model that it belongs to. */
export type ModelHashes = ReadonlyMap<string, string>

/**
 * Checks what a record says of itself: its layout, that the models are this service's, and that the losses can be.
 *
 * @throws ValidationError
 */
export function checkRecord(bytes: Uint8Array, knownModels: ModelHashes): RunRecord {
  const { text, value } = parse(bytes)
  judgeLengths(value)
  const parsed = safelyParsed(runRecord, value)
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues
    const where = path.length > 0 ? path.join('.').slice(0, 100) : 'its root'
    throw refused('record-schema', `${part} has another layout: ${where}: ${message.slice(0, 200)}.`)
  }
  // Anything could stand in a name that is given twice, or between the tokens.
  if (!writings.some((indent) => JSON.stringify(value, null, indent) === text.trimEnd())) {
    throw refused('record-json', `${part} is not written as JSON.stringify writes it.`)
  }
  const record = parsed.data
  for (const { id, files } of record.models) {
    for (const { file, sha256 } of files) {
      if (knownModels.get(sha256) === id) continue
      const message = `${part} names the model file ${file.slice(0, 100)}, which this service does not serve.`
      throw refused(
        'record-models',
        message,
        'Reload the page, which may be older than the service, and refine again.',
      )
    }
  }
  if (record.backbone !== null && !record.models.some(({ id }) => id === record.backbone)) {
    throw refused('record-models', `${part} does not say which files its backbone came from.`)
  }
  judgeLosses(record)
  const shares = Object.values(record.evidence).reduce((sum, share) => sum + share, 0)
  if (Math.abs(shares - 1) > 1e-3)
    throw refused('record-evidence', `The shares of evidence in ${part} do not add up to 1.`)
  return record
}

/** In one line, as pages write it, or in many, as the terminal does. */
const writings = [undefined, 2]

function parse(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, value: JSON.parse(text) }
  } catch {
    throw refused('record-json', `${part} is no JSON in UTF-8.`)
  }
}

/** Before anything is looked at: what is wrong with a million entries would take a gigabyte to say. */
function judgeLengths(record: unknown): void {
  const { losses, scales } = Object(record) as Record<string, unknown>
  const { maxSteps } = limits.record
  for (const steps of [losses, scales]) {
    if (!Array.isArray(steps) || steps.length <= maxSteps) continue
    throw refused('record-losses', `${part} has ${steps.length} steps; at most ${maxSteps} are taken.`)
  }
}

/** Losses are means of distances: never negative, and far below the bound unless a run has diverged. */
function judgeLosses({ losses, optimised, size }: RunRecord): void {
  const { maxLoss } = limits.record
  if (optimised !== losses.length > 0) {
    throw refused(
      'record-losses',
      `${part} must have losses where the texture was optimised, and only there.`,
    )
  }
  for (const { scale, losses: values } of losses) {
    if (scale > size || Object.values(values).some((value) => value < 0 || value > maxLoss)) {
      throw refused('record-losses', `${part} has losses outside 0 to ${maxLoss}, or a scale above its size.`)
    }
  }
}

function refused(
  code: string,
  message: string,
  hint = 'Refine with this version of the client and send its record.',
) {
  return new ValidationError({ part, code, message, hint })
}
