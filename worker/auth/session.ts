import type { Context } from 'hono'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { type Scope, scopes } from '../contract/contract.ts'
import type { App } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { randomText, sha256Hex } from '../secrets/crypto.ts'
import { type Secrets, secretsOf } from '../secrets/secrets.ts'
import { bearer, unauthorized } from './bearer.ts'
import { activeKeys } from './keys.ts'

/** An anonymous visitor for a quarter of an hour. */
export interface Session {
  /** Random; says nothing of who it is. */
  id: string
  scope: Scope[]
  /** Id of the widget key that it was opened with. */
  key?: string
  /** Origin of the page that opened it, where it told one: only its pages may use it. */
  origin?: string
}

const issuer = 'facerefiner'
const again = 'Open a new session with POST /api/session.'

/**
 * Signs a session token (JWT, HS256), good for this service's address alone.
 *
 * @param audience origin of the service
 */
export async function signSession(session: Session, audience: string, secrets: Secrets): Promise<string> {
  const { id, scope, key, origin } = session
  return new SignJWT({ scope: scope.join(' '), key, origin })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: await keyId(secrets.session) })
    .setIssuer(issuer)
    .setSubject(id)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${limits.session.lifetimeSeconds}s`)
    .sign(new TextEncoder().encode(secrets.session))
}

/**
 * The session of a request.
 *
 * @throws ApiError 401 for a token that is none of ours, expired, for another service or of a revoked key; 403 for one that
 *   is for something else or comes from another page
 */
export async function sessionFor(c: Context<App>, wanted: Scope): Promise<Session> {
  const token = bearer(c, 'a session token', again)
  const payload = await verify(token, new URL(c.req.url).origin, secretsOf(c.env))
  const scope = String(payload.scope)
    .split(' ')
    .filter((name): name is Scope => (scopes as readonly string[]).includes(name))
  if (!scope.includes(wanted)) {
    throw new ApiError({
      status: 403,
      code: 'wrong-scope',
      message: `This session may do ${scope.join(', ') || 'nothing'}, and this needs ${wanted}.`,
      hint: again,
    })
  }
  const origin = payload.origin as string | undefined
  if (origin && c.req.header('origin') !== origin) {
    throw new ApiError({
      status: 403,
      code: 'wrong-origin',
      message: 'This session belongs to a page of another origin.',
      hint: again,
    })
  }
  const key = payload.key as string | undefined
  if (key !== undefined) await assertActive(c, key)
  return { id: payload.sub ?? '', scope, key, origin }
}

/** @throws ApiError 401 where the key of this id was revoked */
async function assertActive(c: Context<App>, key: string): Promise<void> {
  if ((await activeKeys(c.env)).some(({ id }) => id === key)) return
  throw unauthorized({
    code: 'unknown-key',
    message: 'The widget key of this session was revoked.',
    hint: 'Make one: npm run keys -- create --origin ORIGIN',
  })
}

export function newSession(scope: readonly Scope[], key?: string, origin?: string): Session {
  return { id: randomText(16), scope: [...scope], key, origin }
}

async function verify(token: string, audience: string, secrets: Secrets): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        for (const secret of [secrets.session, secrets.previousSession]) {
          if (secret && kid === (await keyId(secret))) return new TextEncoder().encode(secret)
        }
        throw new errors.JWKSNoMatchingKey()
      },
      {
        issuer,
        audience,
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp', 'iat', 'scope'],
        clockTolerance: limits.session.clockSkewSeconds,
      },
    )
    return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    if (error instanceof errors.JWTExpired) {
      throw unauthorized({ code: 'session-expired', message: 'The session has ended.', hint: again })
    }
    throw unauthorized({
      code: 'bad-session',
      message: 'The session token is none that this service made for itself.',
      hint: again,
    })
  }
}

/** Names a secret in a token's header without telling it. */
async function keyId(secret: string): Promise<string> {
  return (await sha256Hex(`kid:${secret}`)).slice(0, 8)
}
