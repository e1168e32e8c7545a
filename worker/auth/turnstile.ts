import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'

const siteverify = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

/**
 * Asks Turnstile whether a person stands behind a request; does nothing where TURNSTILE_SECRET is not set.
 *
 * @throws ApiError 403 where it says no (a token is good once, for five minutes); 503 where it does not answer
 */
export async function checkTurnstile(env: Env, token: string | undefined): Promise<void> {
  if (!env.TURNSTILE_SECRET) return
  if (!token) {
    throw new ApiError({
      status: 403,
      code: 'turnstile-missing',
      message: 'This service wants a Turnstile token.',
      hint: 'Solve the check on the page.',
    })
  }
  const answer = await fetch(siteverify, {
    method: 'POST',
    body: new URLSearchParams({ secret: env.TURNSTILE_SECRET, response: token }),
  }).catch(() => undefined)
  if (!answer?.ok) {
    throw new ApiError({
      status: 503,
      code: 'turnstile-silent',
      message: 'Turnstile did not answer.',
      hint: 'Try again in a moment.',
      headers: { 'retry-after': '5' },
    })
  }
  const { success } = await answer.json<{ success: boolean }>()
  if (success) return
  throw new ApiError({
    status: 403,
    code: 'turnstile-refused',
    message: 'Turnstile did not accept the token.',
    hint: 'Solve the check once more.',
  })
}
