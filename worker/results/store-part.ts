import type { PartName } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { type Payer, takeQuota } from '../metering/take-quota.ts'
import type { PendingUpload } from './documents.ts'
import { belongs } from './kept.ts'
import { partKey } from './layout.ts'
import { may, permit, readStanding } from './standing.ts'

const contentTypes: Record<PartName, string> = {
  'texture.png': 'image/png',
  'face.glb': 'model/gltf-binary',
  'head.glb': 'model/gltf-binary',
  'preview.jpg': 'image/jpeg',
  'record.json': 'application/json',
  'sampled.png': 'image/png',
  'photo.jpg': 'image/jpeg',
}

/** R2's code for bytes that are not those of the sha256 that came with them. */
const wrongChecksum = '10037'

/**
 * Streams one part into the bucket; a few kilobytes of it are in memory at a time. Where the same bytes are there
 * already, nothing is read: sending a part again costs nothing and changes nothing. Its bytes are counted before they come,
 * so that they never lie there uncounted, and given back where they do not stay.
 *
 * @throws ApiError 411 without a length, 422 where length or hash differ from what was declared, 429 where the day's quota is
 *   used up; 404, 409, 410, 422 where the upload ended or was declared anew meanwhile: nothing is stored
 */
export async function storePart(
  env: Env,
  payer: Payer,
  upload: PendingUpload,
  name: PartName,
  request: Request,
): Promise<void> {
  const declared = upload.parts[name]
  if (!declared) throw wrongPart(name, 'not-declared', 'It was not declared.')
  const { bytes, sha256 } = declared
  const key = partKey(upload.id, name, sha256)
  assertLength(name, bytes, request.headers.get('content-length'))
  if (await env.RESULTS.head(key)) {
    await request.body?.cancel()
    return
  }
  const taken = await takeQuota(env, payer, { take: { writes: 1, bytes } })
  try {
    await stream(env, key, name, declared, request)
    await assertDeclared(env, upload.id, name, key)
  } catch (error) {
    await taken.giveBack()
    throw error
  }
}

/** @throws ApiError 422 where length or hash differ from what was declared: nothing is stored */
async function stream(
  env: Env,
  key: string,
  name: PartName,
  { bytes, sha256 }: { bytes: number; sha256: string },
  request: Request,
): Promise<void> {
  // The header is the sender's claim; this counts.
  const { readable, writable } = new FixedLengthStream(bytes)
  const storing = env.RESULTS.put(key, readable, {
    sha256,
    httpMetadata: { contentType: contentTypes[name] },
  })
  // A bucket that fails early reads no further: without a word the body would wait for it for ever.
  const aborter = new AbortController()
  storing.catch((reason) => aborter.abort(reason))
  const [piped, put] = await Promise.allSettled([
    (request.body ?? new Blob([]).stream()).pipeTo(writable, { signal: aborter.signal }),
    storing,
  ])
  if (put.status === 'fulfilled' && piped.status === 'fulfilled') return
  if (put.status === 'fulfilled') await env.RESULTS.delete(key)
  const reasons = [piped, put].map((outcome) => ('reason' in outcome ? String(outcome.reason) : ''))
  if (reasons.some((reason) => reason.includes('FixedLengthStream'))) {
    throw wrongPart(name, 'wrong-length', `The body does not have the ${bytes} bytes that were declared.`)
  }
  if (reasons[1].includes(wrongChecksum)) {
    throw wrongPart(name, 'wrong-hash', `The bytes do not have the declared sha256 ${sha256}.`)
  }
  throw (put as PromiseRejectedResult).reason ?? (piped as PromiseRejectedResult).reason
}

/** The upload may have ended, or been declared anew, while a part was on its way. */
async function assertDeclared(env: Env, id: string, name: PartName, key: string): Promise<void> {
  const standing = await readStanding(env, id)
  const stays = belongs(key, standing) && (may('send', standing) || may('show', standing))
  if (stays) return
  await env.RESULTS.delete(key)
  permit('send', standing)
  throw wrongPart(name, 'not-declared', 'It is not declared any more.')
}

function assertLength(name: PartName, bytes: number, header: string | null): void {
  if (header === null) {
    throw new ApiError({
      status: 411,
      code: 'length-required',
      message: 'The request does not say how long its body is.',
      hint: `Send content-length: ${bytes}, not a chunked body.`,
    })
  }
  if (Number(header) !== bytes) {
    throw wrongPart(name, 'wrong-length', `The body has ${header} bytes; ${bytes} were declared.`)
  }
}

function wrongPart(part: PartName, code: string, message: string): ApiError {
  return new ApiError({
    status: 422,
    code,
    message: `${part}: ${message}`,
    hint: 'Send the part again; or declare what you have with PATCH .../parts first.',
    part,
  })
}
