import { createRoute } from '@hono/zod-openapi'
import { moderator } from '../auth/who.ts'
import { reportId, reports, reportsQuery, takeDownRequest } from '../contract/contract.ts'
import { limitJson } from '../http/limit-json.ts'
import { answer, describedApp, failures, json, noStore, resultParams, security } from '../http/openapi.ts'
import { takeDown } from '../results/remove.ts'
import { dismissReport, listReports } from '../results/reports.ts'

const tags = ['Moderation']

const list = createRoute({
  method: 'get',
  path: '/api/admin/reports',
  tags,
  summary: 'List reports',
  description: 'Those that say a minor, an illegal picture or somebody without consent is shown come first.',
  security: security.admin,
  middleware: moderator,
  request: { query: reportsQuery },
  responses: { 200: answer('A page.', reports), ...failures(400, 401, 429, 503) },
})

const dismiss = createRoute({
  method: 'delete',
  path: '/api/admin/reports/{id}/{report}',
  tags,
  summary: 'Dismiss a report',
  security: security.admin,
  middleware: moderator,
  request: {
    params: resultParams.extend({ report: reportId }),
  },
  responses: { 204: { description: 'It is gone.' }, ...failures(401, 403, 404, 429, 503) },
})

const takeDownRoute = createRoute({
  method: 'post',
  path: '/api/admin/results/{id}/take-down',
  tags,
  summary: 'Take a result down',
  description: 'Its bytes and reports go; its id answers 410 from then on.',
  security: security.admin,
  middleware: [moderator, limitJson],
  request: { params: resultParams, body: json(takeDownRequest) },
  responses: {
    204: { description: 'It is down.' },
    ...failures(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
})

export const admin = describedApp()
  .openapi(list, async (c) => {
    return c.json(await listReports(c.env, c.req.valid('query').cursor), 200, noStore)
  })
  .openapi(dismiss, async (c) => {
    const { id, report } = c.req.valid('param')
    await dismissReport(c.env, id, report)
    return c.body(null, 204, noStore)
  })
  .openapi(takeDownRoute, async (c) => {
    const { id } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    await takeDown(c.env, id, reason, new URL(c.req.url).origin)
    return c.body(null, 204, noStore)
  })
