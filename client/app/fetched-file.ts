import { steadyFetch } from '../runtime/steady-fetch.ts'

/**
 * A file of this page.
 *
 * @param onProgress told how much has arrived, 0..1, where the server says how much there is
 * @throws TypeError where there is no connection; DOMException `TimeoutError` where it has gone silent; Error where the server has no such file; the reason of `signal` where that
 * ends it
 */
export async function fetchedFile(
  url: string,
  name: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<File> {
  const response = await steadyFetch(url, { signal })
  if (!response.ok) throw new Error(`${url} cannot be fetched: the server answered ${response.status}.`)
  const total = Number(response.headers.get('content-length'))
  const parts: BlobPart[] = []
  let loaded = 0
  for await (const part of response.body!) {
    signal.throwIfAborted()
    parts.push(part)
    loaded += part.length
    // What travels packed is longer than was announced.
    if (total > 0) onProgress(Math.min(1, loaded / total))
  }
  return new File(parts, name, { type: response.headers.get('content-type') ?? '' })
}
