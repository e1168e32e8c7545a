import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'

/** Shortest secret that is taken for one: 32 characters of base64url hold 192 bits. */
const shortest = 32

/** Local development makes its secrets with this beginning; production refuses them. */
export const localPrefix = 'local-'

export interface Secrets {
  session: string
  /** Still good for checking, while the secret changes. */
  previousSession?: string
  admin: string
}

/**
 * The secrets that every write needs.
 *
 * @throws ApiError 503 naming those that are missing, too short, or made for local development
 */
export function secretsOf(env: Env): Secrets {
  const unfit = unfitSecrets(env)
  if (unfit.length > 0) {
    throw new ApiError({
      status: 503,
      code: 'not-configured',
      message: `This service takes no uploads yet: ${unfit.join(' and ')} must be set, each with ${shortest} characters or more of its own.`,
      hint: `The operator sets them once: ${unfit.map((name) => `npx wrangler secret put ${name}`).join('; ')}`,
    })
  }
  const previousSession = isFit(env.SESSION_SECRET_PREVIOUS, env) ? env.SESSION_SECRET_PREVIOUS : undefined
  return { session: env.SESSION_SECRET!, previousSession, admin: env.ADMIN_TOKEN! }
}

/** Names of the secrets that cannot be used. */
export function unfitSecrets(env: Env): string[] {
  return (['SESSION_SECRET', 'ADMIN_TOKEN'] as const).filter((name) => !isFit(env[name], env))
}

function isFit(secret: string | undefined, env: Env): boolean {
  if (!secret || secret.length < shortest) return false
  return env.ENVIRONMENT !== 'production' || !secret.startsWith(localPrefix)
}
