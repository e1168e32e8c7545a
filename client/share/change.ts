import { hc } from 'hono/client'
import type { Api } from '../../worker/api.ts'
import type { Result, Visibility } from '../../worker/contract/contract.ts'
import type { Ownership } from './api.ts'
import { shareErrorOf } from './errors.ts'
import { patientFetch } from './patient-fetch.ts'
import { withRetry } from './retry.ts'

export interface Change {
  title?: string
  visibility?: Visibility
  /** Let it live this many days from now. */
  days?: number
}

/**
 * Changes a result of this page's service for its owner.
 *
 * @throws ShareError
 */
export function changeShared({ id, owner }: Ownership, change: Change): Promise<Result> {
  return withRetry(async () => {
    const response = await service().api.results[':id'].$patch({ param: { id }, json: change }, bearer(owner))
    if (response.status !== 200) throw await shareErrorOf(response as unknown as Response)
    return response.json()
  })
}

/**
 * Deletes a result or an upload of this page's service for its owner; one that is gone already is no error.
 *
 * @param init `keepalive`: the request outlives the page
 * @throws ShareError
 */
export function deleteShared({ id, owner }: Ownership, init?: Pick<RequestInit, 'keepalive'>): Promise<void> {
  return withRetry(async () => {
    const answer = await service(init).api.results[':id'].$delete({ param: { id } }, bearer(owner))
    const response = answer as unknown as Response
    if (!response.ok && response.status !== 404) throw await shareErrorOf(response)
  })
}

const service = (init?: RequestInit) => hc<Api>(location.origin, { fetch: patientFetch(), init })

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
