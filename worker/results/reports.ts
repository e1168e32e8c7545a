import type { Context } from 'hono'
import type { z } from 'zod'
import { type ReportReason, type reportRequest, type reports, seriousReasons } from '../contract/contract.ts'
import type { App, Env } from '../env.ts'
import { limits } from '../limits.ts'
import { visitorOf } from '../metering/rates.ts'
import { reportsPrefix, reportsRoot } from './layout.ts'

type Report = z.infer<typeof reportRequest>

/** Reports a page of the moderator's list holds. */
const pageSize = 50

/**
 * Keeps a report for the moderators. Each reason has a share of its own of what is kept for a result, and each visitor one
 * report of each reason: no number of others keeps a new reason, or a first reporter of it, out.
 *
 * @param c whose visitor reports
 */
export async function storeReport(c: Context<App>, id: string, { reason, text = '' }: Report): Promise<void> {
  const bucket = c.env.RESULTS
  const prefix = `${reportsPrefix(id)}${reason}-`
  const share = limits.reportsPerReason[isSerious(reason) ? 'serious' : 'other']
  const { objects } = await bucket.list({ prefix, limit: share })
  if (objects.length >= share) return
  const report = JSON.stringify({ reported: new Date().toISOString(), reason, text })
  // The first counts: nobody behind the same address can write over it.
  await bucket.put(prefix + (await reporterOf(c, id)), report, { onlyIf: { etagDoesNotMatch: '*' } })
}

/** Tells reporters of one result apart, and says nothing of who they are or what else they reported. */
async function reporterOf(c: Context<App>, id: string): Promise<string> {
  return (await visitorOf(c, `report ${id} `)).slice(0, 16)
}

/** A page of reports for moderators: the serious reasons of all results first, then by result. */
export async function listReports(env: Env, cursor: string | undefined): Promise<z.infer<typeof reports>> {
  const keys = (await reportKeys(env)).map((key) => key.slice(reportsRoot.length)).sort(seriousFirst)
  const rest = cursor ? keys.filter((key) => seriousFirst(key, cursor) > 0) : keys
  const page = rest.slice(0, pageSize)
  const found = await Promise.all(
    page.map(async (key) => {
      const [id, report] = key.split('/')
      const object = await env.RESULTS.get(reportsRoot + key)
      const body = await object?.json<{ reported: string; reason: ReportReason; text: string }>()
      return body ? [{ id, report, ...body }] : []
    }),
  )
  return { reports: found.flat(), cursor: rest.length > pageSize ? page[pageSize - 1] : null }
}

/** Removes a result's report: a moderator looked and let it stay. */
export async function dismissReport(env: Env, id: string, report: string): Promise<void> {
  await env.RESULTS.delete(reportsPrefix(id) + report)
}

/** Of all reports, or of the first many thousand: more were never to be looked at. */
async function reportKeys(env: Env): Promise<string[]> {
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const page = await env.RESULTS.list({ prefix: reportsRoot, cursor })
    keys.push(...page.objects.map(({ key }) => key))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor && keys.length < limits.reportsListed)
  return keys
}

/** Orders `ID/REASON-REPORTER`, and `ID/TIME-RANDOM` from before reasons stood in keys, which come between. */
function seriousFirst(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)
}

function rank(key: string): number {
  const [, report] = key.split('/')
  const serious = seriousReasons.findIndex((reason) => report.startsWith(`${reason}-`))
  if (serious >= 0) return serious
  return seriousReasons.length + (/^\d/.test(report) ? 0 : 1)
}

function isSerious(reason: ReportReason): boolean {
  return (seriousReasons as readonly string[]).includes(reason)
}
