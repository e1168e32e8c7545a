import { findKey } from '../auth/keys.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../errors.ts'
import { widgetHeaders } from '../securityHeaders.ts'

/**
 * Headers for `/widget/frame?key=pk_...`: who may frame it follows the key.
 *
 * @throws ApiError 403 for a key that does not exist or was revoked
 */
export async function frameHeaders(env: Env, key: string): Promise<Record<string, string>> {
  const found = await findKey(env, key)
  if (found) return widgetHeaders(found.origins)
  throw new ApiError(
    403,
    'unknown-key',
    'This widget key does not exist or was revoked.',
    'Make one: npm run keys -- create --origin ORIGIN',
  )
}
