import type { Context, MiddlewareHandler } from 'hono'
import type { Scope } from '../contract/contract.ts'
import type { App } from '../env.ts'
import { assertAdmin } from './admin.ts'
import { type Session, sessionFor } from './session.ts'

// Who asks comes before what is asked: as middleware of a route these run before its parameters, its body and whatever
// counts against someone's share are looked at. Without a good token nobody learns whether the rest would have fitted.

/** The session is `c.var.session`. @throws ApiError 401, 403 */
export function sessionWith(scope: Scope): MiddlewareHandler<App & { Variables: { session: Session } }> {
  return async (c, next) => {
    c.set('session', await sessionFor(plain(c), scope))
    await next()
  }
}

/** @throws ApiError 401 */
export const moderator: MiddlewareHandler<App> = async (c, next) => {
  await assertAdmin(c)
  await next()
}

/** What a middleware adds for its route does not concern who looks at the request alone. */
export const plain = (c: unknown) => c as Context<App>
