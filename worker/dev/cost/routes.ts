import type { limits } from '../../limits.ts'

/** What one request uses besides itself, in the units that are billed; what is missing is none. */
export interface Operations {
  cpuMilliseconds: number
  /** Writes and lists of R2. */
  classA?: number
  /** Reads of R2. */
  classB?: number
  objectCalls?: number
  objectRowsWritten?: number
}

export interface RouteCost {
  /** As the app names them: method and pattern. */
  routes: readonly string[]
  /** What makes a request of these routes cost this, where they have several rows. */
  when?: string
  /** Of a request that is let in, at most. */
  use: Operations
  /** Rates that it counts against by its network, and what it is counted for; without one it is let in always. */
  rate?: keyof typeof limits.rates
  /** Each takes a write of its network's share of the day, and when that is used up costs this. */
  whenShareIsUsedUp?: Operations
}

/** A request that is refused by its rate, by its token, or for what it is. Cloudflare bills it like any other. */
export const refused: Operations = { cpuMilliseconds: 2 }

/** Rows that a quota writes: what is used by all, what by the network, what it was taken for, and that removed again. */
const taken = { objectCalls: 1, objectRowsWritten: 4 }

/**
 * What a stranger can make each route of the app use. The operations are counted by test/worker/cost/routes.test.ts; CPU is
 * that of the worker in Miniflare, whose buckets run in the same process (node test/bench/service/routes.ts), rounded up.
 */
export const routeCosts: readonly RouteCost[] = [
  {
    routes: ['GET /r/:id'],
    use: { cpuMilliseconds: 5, classB: 1 },
    rate: 'RATE_READ',
  },
  {
    // Missing files: each of the packed variants is looked for.
    routes: [
      'GET /models/manifest.json',
      'HEAD /models/manifest.json',
      'GET /models/:hash{[0-9a-f]{16}}/:file{[A-Za-z0-9._-]+}',
      'HEAD /models/:hash{[0-9a-f]{16}}/:file{[A-Za-z0-9._-]+}',
    ],
    use: { cpuMilliseconds: 4, classB: 3 },
    rate: 'RATE_READ',
  },
  { routes: ['GET /api/results/:id'], use: { cpuMilliseconds: 4, classB: 2 }, rate: 'RATE_READ' },
  {
    routes: ['GET /api/results/:id'],
    when: 'an upload, with its owner token',
    use: { cpuMilliseconds: 4, classA: 1, classB: 2 },
    rate: 'RATE_ADDRESS',
  },
  {
    routes: ['GET /api/results/:id/parts/:name'],
    use: { cpuMilliseconds: 5, classB: 3 },
    rate: 'RATE_READ',
  },
  {
    routes: ['GET /gallery', 'GET /api/gallery'],
    when: 'older pages, which are listed anew',
    use: { cpuMilliseconds: 5, classA: 1 },
    rate: 'RATE_STRICT',
  },
  // Its reads and its call are made once in ten seconds, however many ask.
  { routes: ['GET /api/health', 'GET /api/config'], use: { cpuMilliseconds: 2 }, rate: 'RATE_READ' },
  { routes: ['POST /api/session'], use: { cpuMilliseconds: 4 }, rate: 'RATE_STRICT' },
  {
    routes: ['POST /api/results'],
    use: { cpuMilliseconds: 11, classA: 3, classB: 2, ...taken },
    rate: 'RATE_ADDRESS',
    whenShareIsUsedUp: { cpuMilliseconds: 5, classB: 2, objectCalls: 1 },
  },
  {
    routes: ['PATCH /api/results/:id/parts'],
    use: { cpuMilliseconds: 11, classA: 3, classB: 4, ...taken },
    rate: 'RATE_ADDRESS',
    whenShareIsUsedUp: { cpuMilliseconds: 5, classB: 2, objectCalls: 1 },
  },
  {
    // Taken, and given back where it does not stay. What is there already is not taken, and costs no more than a refusal.
    routes: ['PUT /api/results/:id/parts/:name'],
    use: { cpuMilliseconds: 15, classA: 1, classB: 5, objectCalls: 2, objectRowsWritten: 7 },
    rate: 'RATE_ADDRESS',
    whenShareIsUsedUp: { cpuMilliseconds: 5, classB: 3, objectCalls: 1 },
  },
  {
    // CPU of the largest parts; each try is taken, and the result.
    routes: ['POST /api/results/:id/commit'],
    use: { cpuMilliseconds: 300, classA: 4, classB: 14, objectCalls: 2, objectRowsWritten: 8 },
    rate: 'RATE_ADDRESS',
    whenShareIsUsedUp: { cpuMilliseconds: 5, classB: 3, objectCalls: 1 },
  },
  {
    routes: ['PATCH /api/results/:id'],
    use: { cpuMilliseconds: 16, classA: 3, classB: 3 },
    rate: 'RATE_STRICT',
  },
  {
    // There is as much to delete as was begun.
    routes: ['DELETE /api/results/:id'],
    use: { cpuMilliseconds: 16, classA: 5, classB: 5 },
    rate: 'RATE_ADDRESS',
    whenShareIsUsedUp: { cpuMilliseconds: 4, classB: 2 },
  },
  {
    routes: ['POST /api/results/:id/report', 'POST /r/:id/report'],
    use: { cpuMilliseconds: 6, classA: 2, classB: 2 },
    rate: 'RATE_STRICT',
  },
  {
    // Without the token.
    routes: [
      'GET /api/admin/reports',
      'DELETE /api/admin/reports/:id/:report',
      'POST /api/admin/results/:id/take-down',
    ],
    use: { cpuMilliseconds: 3 },
    rate: 'RATE_ADDRESS',
  },
  { routes: ['GET /docs'], use: { cpuMilliseconds: 3 } },
  {
    // The client's files and whatever else there is or is not: nothing is read, so a refusal would cost the same.
    routes: [
      ...['ALL /*', 'GET /openapi.json', 'GET /docs/style.css', 'GET /how', 'GET /robots.txt'],
      ...['GET /manifest.webmanifest', 'GET /favicon.svg', 'GET /check', 'POST /check', 'POST /gallery'],
      ...['GET /widget/frame', 'HEAD /widget/frame', 'ALL /widget/frame'],
    ],
    use: { cpuMilliseconds: 2 },
  },
]
