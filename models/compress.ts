import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Encodings that are kept beside a file, with the ending of their file names. */
export const encodings = { br: '.br', gzip: '.gz' } as const
export type Encoding = keyof typeof encodings

/** Quality 9 packs 58 MB of WebAssembly in seconds; 11 takes minutes and saves another tenth. */
const brotliQuality = 9

/** Smaller files than this gain nothing that a visitor would notice. */
const leastBytes = 4096

/** The encodings of a file that save at least a tenth of it. */
export async function compress(data: Uint8Array): Promise<Map<Encoding, Uint8Array>> {
  const variants = new Map<Encoding, Uint8Array>()
  if (data.length < leastBytes) return variants
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
    promisify(gzip)(data, { level: 9 }),
  ])
  if (br.length < 0.9 * data.length) variants.set('br', br)
  if (gz.length < 0.9 * data.length) variants.set('gzip', gz)
  return variants
}
