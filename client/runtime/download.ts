import { ModelError, type ModelFile, modelUrl } from './models.ts'
import { sha256Hex } from './sha256.ts'
import { isSilence, silence, steadyFetch } from './steady-fetch.ts'

/** What has arrived of a file: room for one byte more than the manifest announces, which gives an overlong file away. */
interface Arrived {
  data: Uint8Array
  length: number
}

/** Failures in a row that brought next to nothing, until a download is given up. */
const patience = 2
/** Bytes that are next to nothing where a line has gone silent: one that brings no more between two silences never ends. */
const crumbs = 16 * 1024

/**
 * Downloads one file and checks it. Where the connection breaks or goes silent it goes on after what has arrived; a file that
 * was altered or cut off on the way is asked for once more.
 *
 * @param onBytes called with the bytes received so far, unpacked; falls back to 0 when the download starts anew
 * @param caching what the browser's HTTP cache may do. Default: nothing, for callers that keep the file themselves.
 * @throws ModelError naming the file
 */
export async function download(
  file: ModelFile,
  base: string,
  onBytes: (received: number) => void,
  caching: RequestCache = 'no-store',
): Promise<Uint8Array> {
  const arrived: Arrived = { data: new Uint8Array(file.bytes + 1), length: 0 }
  let fruitless = 0
  let altered = false
  for (;;) {
    const before = arrived.length
    try {
      // What was altered may lie in that cache.
      return await attempt(file, base, arrived, onBytes, altered ? 'reload' : caching)
    } catch (error) {
      const { code, details } = error as ModelError
      const needed = details.reason === 'silent' ? crumbs : 0
      if (code === 'network' && arrived.length - before > needed) {
        fruitless = 0
        continue
      }
      if (code === 'missing' || altered || ++fruitless >= patience) throw error
      altered = code === 'altered'
      if (altered) arrived.length = 0
      onBytes(arrived.length)
    }
  }
}

async function attempt(
  file: ModelFile,
  base: string,
  arrived: Arrived,
  onBytes: (received: number) => void,
  caching: RequestCache,
): Promise<Uint8Array> {
  const headers = arrived.length > 0 ? { range: `bytes=${arrived.length}-` } : undefined
  const response = await request(new URL(modelUrl(file), base).href, file.file, { cache: caching, headers })
  // A server that knows no ranges sends the whole file again.
  if (response.status !== 206) arrived.length = 0
  await readBody(response, file, arrived, onBytes)
  const data = arrived.data.slice(0, arrived.length)
  if (data.length !== file.bytes || (await sha256Hex(data)) !== file.sha256) {
    throw new ModelError(
      'altered',
      `The model file ${file.file} was altered on the way: ${data.length} bytes came that do not match its sha256. ` +
        'Check for a proxy or a filter in between and reload the page.',
      { file: file.file, bytes: data.length },
    )
  }
  return data
}

/**
 * Fetches past the browser's HTTP cache unless told otherwise: what is downloaded here is kept by the caller, verified.
 *
 * @param what name for the error message
 * @throws ModelError
 */
async function request(
  url: string,
  what: string,
  { cache = 'no-store', headers }: Pick<RequestInit, 'cache' | 'headers'> = {},
): Promise<Response> {
  let response: Response
  try {
    response = await steadyFetch(url, { cache, headers })
  } catch (error) {
    throw isSilence(error) ? wentSilent(what) : unreachable(what)
  }
  if (response.ok) return response
  await response.body?.cancel()
  if (response.status === 404) {
    throw new ModelError(
      'missing',
      `The server has no ${what}. Reload the page to get the current list of models.`,
      { file: what },
    )
  }
  throw new ModelError(
    'network',
    `${what} could not be downloaded: the server answered ${response.status}. Try again.`,
    { file: what, reason: 'status', status: response.status },
  )
}

/** A small file as a whole. @throws ModelError */
export async function requestWhole(url: string, what: string): Promise<Uint8Array> {
  const response = await request(url, what)
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw isSilence(error) ? wentSilent(what) : unreachable(what)
  }
}

function unreachable(what: string): ModelError {
  const message = `${what} could not be downloaded: the server cannot be reached. Try again.`
  return new ModelError('network', message, { file: what, reason: 'unreachable' })
}

function wentSilent(what: string): ModelError {
  const message = `${what} could not be downloaded: nothing came for ${silence} seconds. Try again.`
  return new ModelError('network', message, { file: what, reason: 'silent', seconds: silence })
}

/** Appends what comes to what has arrived. */
async function readBody(
  response: Response,
  file: ModelFile,
  arrived: Arrived,
  onBytes: (received: number) => void,
): Promise<void> {
  const { data } = arrived
  try {
    for await (const chunk of response.body!) {
      const part = chunk.subarray(0, data.length - arrived.length)
      data.set(part, arrived.length)
      arrived.length += part.length
      onBytes(Math.min(arrived.length, file.bytes))
      if (arrived.length > file.bytes) break
    }
  } catch (error) {
    if (isSilence(error)) throw wentSilent(file.file)
    throw new ModelError(
      'network',
      `${file.file} could not be downloaded: the connection broke after ${arrived.length} of ${file.bytes} bytes. Try again.`,
      { file: file.file, reason: 'broken', arrived: arrived.length, bytes: file.bytes },
    )
  }
}
