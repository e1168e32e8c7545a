import { ModelError, type ModelFile, modelUrl } from './models.ts'
import { sha256Hex } from './sha256.ts'

/**
 * Downloads one file and checks it. A file that was altered or cut off on the way is asked for once more.
 *
 * @param onBytes called with the bytes received so far, unpacked; falls back to 0 when the download starts anew
 * @throws ModelError naming the file
 */
export async function download(
  file: ModelFile,
  base: string,
  onBytes: (received: number) => void,
): Promise<Uint8Array> {
  try {
    return await attempt(file, base, onBytes)
  } catch (error) {
    if ((error as ModelError).code === 'missing') throw error
    onBytes(0)
    return attempt(file, base, onBytes)
  }
}

async function attempt(
  file: ModelFile,
  base: string,
  onBytes: (received: number) => void,
): Promise<Uint8Array> {
  const response = await request(new URL(modelUrl(file), base).href, file.file)
  const data = await readBody(response, file, onBytes)
  if (data.length !== file.bytes || (await sha256Hex(data)) !== file.sha256) {
    throw new ModelError(
      'altered',
      `The model file ${file.file} was altered on the way: ${data.length} bytes came that do not match its sha256. ` +
        'Check for a proxy or a filter in between and reload the page.',
    )
  }
  return data
}

/**
 * Fetches past the browser's HTTP cache: what is downloaded here is kept by the caller, verified.
 *
 * @param what name for the error message
 */
export async function request(url: string, what: string): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { cache: 'no-store' })
  } catch {
    throw new ModelError(
      'network',
      `${what} could not be downloaded: the server cannot be reached. Try again.`,
    )
  }
  if (response.ok) return response
  await response.body?.cancel()
  if (response.status === 404) {
    throw new ModelError(
      'missing',
      `The server has no ${what}. Reload the page to get the current list of models.`,
    )
  }
  throw new ModelError(
    'network',
    `${what} could not be downloaded: the server answered ${response.status}. Try again.`,
  )
}

/** Reads at most the bytes that the manifest announces, and one more that gives an overlong file away. */
async function readBody(
  response: Response,
  file: ModelFile,
  onBytes: (received: number) => void,
): Promise<Uint8Array> {
  const data = new Uint8Array(file.bytes + 1)
  let received = 0
  try {
    for await (const chunk of response.body!) {
      const part = chunk.subarray(0, data.length - received)
      data.set(part, received)
      received += part.length
      onBytes(Math.min(received, file.bytes))
      if (received > file.bytes) break
    }
  } catch {
    throw new ModelError(
      'network',
      `${file.file} could not be downloaded: the connection broke after ${received} of ${file.bytes} bytes. Try again.`,
    )
  }
  return data.slice(0, received)
}
