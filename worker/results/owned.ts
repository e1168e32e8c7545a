import type { MiddlewareHandler } from 'hono'
import { assertOwner, ownerToken } from '../auth/owner.ts'
import { plain } from '../auth/who.ts'
import { resultId } from '../contract/contract.ts'
import type { App } from '../env.ts'
import { noResult } from './refusals.ts'
import { type Permitting, permit, readStanding } from './standing.ts'

/**
 * As a middleware it runs before the rest of a request is looked at (auth/who.ts). What an address below /api/results/{id} stands for is `c.var.owned`, read once for the request. That there is nothing is
 * told to those who bring a token alone.
 *
 * @throws ApiError 401 without an owner token, whatever the id; 404, 410 where there is nothing to own; 403 for another's
 *   token
 */
export const owner: MiddlewareHandler<App & { Variables: { owned: Permitting<'own'> } }> = async (
  c,
  next,
) => {
  ownerToken(plain(c))
  const id = resultId.safeParse(c.req.param('id'))
  if (!id.success) throw noResult()
  const owned = permit('own', await readStanding(c.env, id.data))
  await assertOwner(plain(c), owned.document)
  c.set('owned', owned)
  await next()
}
