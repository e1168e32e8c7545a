import { parseByteRange, resolveByteRange } from './byte-range.ts'
import { readableConditions } from './conditions.ts'
import { ApiError } from './errors.ts'

/**
 * Answers GET or HEAD with an object of a bucket: validators (304, 412), a single range (206, 416), If-Range. The
 * object's own metadata gives content-type and content-encoding.
 *
 * @returns undefined where the bucket has no such object
 */
export async function serveObject(
  bucket: R2Bucket,
  key: string,
  request: Request,
): Promise<Response | undefined> {
  const range = await wantedRange(bucket, key, request)
  const head = request.method === 'HEAD'
  // R2's head() knows no conditions, so HEAD reads the first byte and drops it.
  const onlyIf = readableConditions(request.headers)
  const object = await bucket.get(key, { onlyIf, range: head ? { length: 1 } : range })
  if (!object) return undefined
  const headers = describe(object)
  if (!('body' in object)) return new Response(null, { status: failedPrecondition(onlyIf), headers })
  headers.set('content-length', String(range?.length ?? object.size))
  if (range) {
    headers.set('content-range', `bytes ${range.offset}-${range.offset + range.length - 1}/${object.size}`)
  }
  const status = range ? 206 : 200
  // What is stored packed goes out as it is.
  const encodeBody = headers.has('content-encoding') ? 'manual' : 'automatic'
  if (!head) return new Response(object.body, { status, headers, encodeBody })
  await object.arrayBuffer()
  return new Response(null, { status, headers, encodeBody: 'manual' })
}

/**
 * The range to send, if one was asked for that still fits the object. R2's own reading of the header is no help: it
 * answers ranges that make no sense with the whole object.
 */
async function wantedRange(bucket: R2Bucket, key: string, request: Request) {
  const range = parseByteRange(request.headers.get('range') ?? undefined)
  if (!range || request.method === 'HEAD') return undefined
  const object = await bucket.head(key)
  if (!object) return undefined
  const ifRange = request.headers.get('if-range')
  if (ifRange && ifRange !== object.httpEtag) return undefined
  const resolved = resolveByteRange(range, object.size)
  if (resolved) return resolved
  throw new ApiError({
    status: 416,
    code: 'range-not-satisfiable',
    message: `The file has ${object.size} bytes; the range lies outside.`,
    hint: 'Ask for a range within the file, or for the whole file.',
    headers: { 'content-range': `bytes */${object.size}` },
  })
}

function describe(object: R2Object): Headers {
  const headers = new Headers()
  object.writeHttpMetadata(headers)
  headers.set('etag', object.httpEtag)
  headers.set('accept-ranges', 'bytes')
  headers.set('vary', 'accept-encoding')
  return headers
}

/** R2 withholds the body where a condition failed: 304 for "only if changed", 412 for "only if still the same". */
function failedPrecondition(conditions: Headers): 304 | 412 {
  return conditions.has('if-match') || conditions.has('if-unmodified-since') ? 412 : 304
}
