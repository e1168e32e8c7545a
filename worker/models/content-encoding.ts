/** Encodings that files are stored in, best first, with the ending of their keys. */
const stored = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
]

/**
 * Endings of the stored variants that a client takes, best first; the plain file is always the last.
 *
 * @example acceptedEndings('gzip, br;q=0') // -> ['.gz', '']
 */
export function acceptedEndings(acceptEncoding: string): string[] {
  const weights = parseWeights(acceptEncoding)
  const packed = stored.filter(({ encoding }) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0)
  return [...packed.map(({ ending }) => ending), '']
}

/**
 * What the client accepts. The runtime shows every worker `accept-encoding: br, gzip`; what the client really sent is in
 * `cf.clientAcceptEncoding`.
 */
export function clientAcceptEncoding(request: Request): string {
  const cf = request.cf as { clientAcceptEncoding?: string } | undefined
  return cf?.clientAcceptEncoding ?? request.headers.get('accept-encoding') ?? ''
}

/** `gzip, br;q=0` -> { gzip: 1, br: 0 } */
function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const item of header.toLowerCase().split(',')) {
    const [encoding, ...parameters] = item.split(';').map((part) => part.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    if (encoding) weights.set(encoding, weight ? Number(weight.slice(2)) || 0 : 1)
  }
  return weights
}
