import { ModelError } from './models.ts'

/**
 * Lower-case hex, through WebCrypto.
 *
 * @throws ModelError in a page that came over plain http from another machine, where browsers have no WebCrypto
 */
export async function sha256Hex(data: Uint8Array): Promise<string> {
  if (!crypto.subtle) {
    throw new ModelError(
      'insecure',
      'The model files cannot be checked on a page without encryption: open it through https or on localhost.',
    )
  }
  const digest = await crypto.subtle.digest('SHA-256', data as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
