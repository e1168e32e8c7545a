import type { z } from 'zod'
import type { reportRequest, reports } from '../contract/contract.ts'
import type { Env } from '../env.ts'
import { limits } from '../limits.ts'
import { randomText } from '../secrets/crypto.ts'
import { reportsPrefix } from './layout.ts'

type Report = z.infer<typeof reportRequest>

/** Reports a page of the moderator's list holds. */
const pageSize = 50

/** Keeps a report for the moderators; what comes after the first twenty of a result says nothing new. */
export async function storeReport(env: Env, id: string, { reason, text = '' }: Report): Promise<void> {
  const prefix = reportsPrefix(id)
  const { objects } = await env.RESULTS.list({ prefix, limit: limits.reportsPerResult })
  if (objects.length >= limits.reportsPerResult) return
  const reported = new Date().toISOString()
  const key = `${prefix}${reported}-${randomText(6)}`
  await env.RESULTS.put(key, JSON.stringify({ reported, reason, text }))
}

/** A page of reports for moderators, by result. */
export async function listReports(env: Env, cursor: string | undefined): Promise<z.infer<typeof reports>> {
  const prefix = 'reports/'
  const page = await env.RESULTS.list({ prefix, startAfter: cursor && prefix + cursor, limit: pageSize })
  const found = await Promise.all(
    page.objects.map(async ({ key }) => {
      const [id, report] = key.slice(prefix.length).split('/')
      const object = await env.RESULTS.get(key)
      const body = await object?.json<{ reported: string; reason: Report['reason']; text: string }>()
      return body ? [{ id, report, ...body }] : []
    }),
  )
  const last = page.objects.at(-1)?.key
  return { reports: found.flat(), cursor: page.truncated && last ? last.slice(prefix.length) : null }
}

/** Removes a result's reports: a moderator looked and let it stay. */
export async function dismissReport(env: Env, id: string, report: string): Promise<void> {
  await env.RESULTS.delete(reportsPrefix(id) + report)
}
