import { findKey } from '../auth/keys.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { widgetHeaders } from '../http/security-headers.ts'

/**
 * Headers for `/widget/frame?key=pk_...`: who may frame it follows the key.
 *
 * @throws ApiError 403 for a key that does not exist or was revoked
 */
export async function frameHeaders(env: Env, key: string): Promise<Record<string, string>> {
  const found = await findKey(env, key)
  if (found) return widgetHeaders(found.origins)
  throw new ApiError({
    status: 403,
    code: 'unknown-key',
    message: 'This widget key does not exist or was revoked.',
    hint: 'Make one: npm run keys -- create --origin ORIGIN',
  })
}

/**
 * Headers of the page that stands in for a refused frame. Any page may frame it, for without a key there is no origin to
 * name, and it can't do anything: it runs one script of its own and loads nothing.
 *
 * @param nonce of its script and style
 */
export function refusalHeaders(nonce: string): Record<string, string> {
  return {
    ...widgetHeaders([]),
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "base-uri 'none'",
      "form-action 'none'",
      'frame-ancestors *',
    ].join('; '),
  }
}
