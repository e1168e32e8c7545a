import { createRoute } from '@hono/zod-openapi'
import { scopes, session, sessionRequest } from '../contract/contract.ts'
import { ApiError } from '../http/errors.ts'
import { limitJson } from '../http/limit-json.ts'
import { answer, describedApp, failures, json, noStore } from '../http/openapi.ts'
import { limits } from '../limits.ts'
import { limitAddress, limitRate } from '../metering/rates.ts'
import { secretsOf } from '../secrets/secrets.ts'
import { findKey } from './keys.ts'
import { assertOrigin, ownOrigin } from './origins.ts'
import { newSession, signSession } from './session.ts'
import { checkTurnstile } from './turnstile.ts'

const open = createRoute({
  method: 'post',
  path: '/api/session',
  tags: ['Sessions'],
  summary: 'Open an anonymous session',
  description: `Its token is good for ${limits.session.lifetimeSeconds / 60} minutes, for pages of the origin that opened it. Pages of other origins need a widget key.`,
  middleware: limitJson,
  request: { body: json(sessionRequest) },
  responses: { 200: answer('The session.', session), ...failures(400, 401, 403, 413, 415, 429, 503) },
})

export const sessions = describedApp().openapi(open, async (c) => {
  const { key: text, turnstile, scope = scopes } = c.req.valid('json')
  await limitAddress(c, 'RATE_STRICT', 'session:')
  const key = text === undefined ? undefined : await findKey(c.env, text)
  if (text !== undefined && !key) {
    throw new ApiError({
      status: 401,
      code: 'unknown-key',
      message: 'This widget key does not exist or was revoked.',
      hint: 'Make one: npm run keys -- create --origin ORIGIN',
    })
  }
  if (key) await limitRate(c, 'RATE_KEY', key.id)
  assertOrigin(c, key)
  await checkTurnstile(c.env, turnstile)
  const opened = newSession(scope, key?.id, c.req.header('origin'))
  const token = await signSession(opened, ownOrigin(c), secretsOf(c.env))
  const expiresIn = limits.session.lifetimeSeconds
  return c.json({ token, expiresIn, scope: opened.scope }, 200, noStore)
})
