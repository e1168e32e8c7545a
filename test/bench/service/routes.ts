import { createHash } from 'node:crypto'
import { openSession, shareResult } from '../../../client/share/api.ts'
import { commandLine } from '../../../worker/dev/command-line.ts'
import { type Parts, validParts } from '../../support/parts.ts'
import { workerUnderTest } from '../../support/worker-under-test.ts'
import { startService } from './start-service.ts'
import { withoutCommit } from './without-commit.ts'

const { values } = commandLine(
  `node test/bench/service/routes.ts [--times 200]

CPU of one request of each kind of route, milliseconds, of the worker in Miniflare with its buckets: what is written into
worker/dev/cost/routes.ts. Prints a line of JSON.`,
  { times: { type: 'string', default: '200' } },
)
const times = Number(values.times)

const service = await startService('worker/index.ts')
try {
  const parts = await validParts({ size: 1024, vertices: 2000 })
  const { result, ownership } = await shareResult(parts, { origin: service.url, visibility: 'listed' })
  const at = `/api/results/${result.id}`
  const json = { 'content-type': 'application/json' }
  const admin = { authorization: `Bearer ${workerUnderTest.miniflare.bindings.ADMIN_TOKEN}` }
  const owner = { authorization: `Bearer ${ownership.owner}` }
  const cursor = () => `${8_200_000_000_000 + Math.floor(Math.random() * 1e11)}-${'A'.repeat(22)}`
  const token = await openSession({ origin: service.url }, 'results:create')
  const session = { ...json, authorization: `Bearer ${token}` }
  const asks: Record<string, () => Promise<Response>> = {
    refused: () => get('/api/nothing'),
    file: () => get('/favicon.svg'),
    front: () => get('/'),
    how: () => get('/how'),
    docs: () => get('/docs'),
    openapi: () => get('/openapi.json'),
    health: () => get('/api/health'),
    manifest: () => get('/models/manifest.json'),
    result: () => get(at),
    part: () => get(`${at}/parts/preview.jpg`),
    sharePage: () => get(`/r/${result.id}`),
    galleryPage: () => get(`/gallery?cursor=${cursor()}`),
    gallery: () => get(`/api/gallery?cursor=${cursor()}`),
    reports: () => get('/api/admin/reports', { headers: admin }),
    session: () => get('/api/session', { method: 'POST', headers: json, body: '{}' }),
    begin: () =>
      get('/api/results', {
        method: 'POST',
        headers: session,
        body: JSON.stringify({ parts: declare(parts) }),
      }),
    change: () =>
      get(at, { method: 'PATCH', headers: { ...json, ...owner }, body: '{"visibility":"listed","days":30}' }),
  }
  const cpu: Record<string, number> = {}
  for (const [name, ask] of Object.entries(asks)) cpu[name] = await milliseconds(times, ask)
  cpu.upload = await milliseconds(20, () => withoutCommit(parts, service.url))
  const commits: (() => Promise<void>)[] = []
  for (let i = 0; i < 20; i++) commits.push(await withoutCommit(parts, service.url))
  cpu.commit = await milliseconds(20, () => commits.pop()!())
  const largest = await withoutCommit(await validParts({ size: 2048, vertices: 190_000 }), service.url)
  cpu.commitLargest = await milliseconds(1, largest)
  console.log(JSON.stringify(cpu))
} finally {
  await service.stop()
}

function get(path: string, init?: RequestInit): Promise<Response> {
  return fetch(service.url + path, init)
}

async function milliseconds(count: number, ask: () => Promise<unknown>): Promise<number> {
  const once = async () => {
    const answer = await ask()
    if (answer instanceof Response) await answer.arrayBuffer()
  }
  if (count > 20) await once()
  const before = service.cpuSeconds()
  for (let i = 0; i < count; i++) await once()
  return Math.round((1e5 * (service.cpuSeconds() - before)) / count) / 100
}

function declare(parts: Parts) {
  return Object.fromEntries(
    Object.entries(parts).map(([name, data]) => [
      name,
      { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') },
    ]),
  )
}
