import { execFile, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { modelUrl } from '../../../client/runtime/models.ts'
import { shareResult } from '../../../client/share/api.ts'
import { readServedManifest } from '../../../models/served-manifest.ts'
import { commandLine } from '../../../worker/dev/command-line.ts'
import { validParts } from '../../support/parts.ts'
import { processSeconds, type Service, startBareWorker, startService } from './start-service.ts'
import { withoutCommit } from './without-commit.ts'

const { values } = commandLine(
  `node test/bench/service/load.ts [--seconds 5]

Requests a second and CPU a request of the worker in Miniflare, beside a bare workerd and a plain Node server, on
127.0.0.1 by wrk (apt-get install wrk); and of publishing, one after the other. Prints a JSON line.`,
  { seconds: { type: 'string', default: '5' } },
)
const connections = 16
/** Results that are published for the CPU of one. */
const commitCount = 20

interface Row {
  what: string
  requestsPerSecond: number
  cpuMillisecondsPerRequest: number
}

const rows: Row[] = []
const node = await startNode()
rows.push(await load('plain Node server', node.url, () => processSeconds(node.pid)))
node.stop()
const bare = await startBareWorker()
rows.push(await load('bare workerd', bare.url, bare.cpuSeconds))
await bare.stop()

const service = await startService('worker/index.ts')
try {
  const { result } = await shareResult(await validParts({ size: 512 }), {
    origin: service.url,
    visibility: 'listed',
  })
  const model = readServedManifest().models.find(({ id }) => id === 'blazeface')!.files[0]
  const targets = {
    health: '/api/health',
    'model manifest': '/models/manifest.json',
    'model file': modelUrl(model),
    gallery: '/api/gallery',
    'gallery page': '/gallery',
    result: `/api/results/${result.id}`,
    'share page': new URL(result.page, service.url).pathname,
    texture: result.parts.find(({ name }) => name === 'texture.png')!.url,
  }
  for (const [what, path] of Object.entries(targets))
    rows.push(await load(what, service.url + path, service.cpuSeconds))
  rows.push(await commits(service))
  console.log(JSON.stringify({ rows }))
} finally {
  await service.stop()
}

async function load(what: string, url: string, cpuSeconds: () => number): Promise<Row> {
  await wrk(url, '1')
  const before = cpuSeconds()
  const { requests, seconds } = await wrk(url, values.seconds)
  const cpu = cpuSeconds() - before
  return row(what, requests, seconds, cpu)
}

/** Miniflare answers from this very process: waiting must not block it. */
async function wrk(url: string, seconds: string): Promise<{ requests: number; seconds: number }> {
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`, url]
  const { stdout: text } = await promisify(execFile)('wrk', words)
  const failed = /Non-2xx or 3xx responses: (\d+)/.exec(text)
  if (failed) throw new Error(`${url} answered ${failed[1]} errors under load.`)
  const [, requests, took] = /(\d+) requests in ([\d.]+)s/.exec(text)!
  return { requests: Number(requests), seconds: Number(took) }
}

function row(what: string, requests: number, seconds: number, cpu: number): Row {
  return {
    what,
    requestsPerSecond: Math.round((10 * requests) / seconds) / 10,
    cpuMillisecondsPerRequest: Math.round((1e6 * cpu) / requests) / 1000,
  }
}

/** Publishing alone: everything is uploaded before. 1,024 px and a mesh of 2,000 vertices. */
async function commits(service: Service): Promise<Row> {
  const waiting: (() => Promise<unknown>)[] = []
  for (let seed = 0; seed < commitCount + 2; seed++) {
    waiting.push(await withoutCommit(await validParts({ size: 1024, vertices: 2000, seed }), service.url))
  }
  for (const commit of waiting.splice(0, 2)) await commit()
  const [start, before] = [performance.now(), service.cpuSeconds()]
  for (const commit of waiting) await commit()
  return row(
    'commit, 1,024 px',
    commitCount,
    (performance.now() - start) / 1000,
    service.cpuSeconds() - before,
  )
}

async function startNode(): Promise<{ url: string; pid: number; stop: () => void }> {
  const child = fork(fileURLToPath(new URL('plain-server.ts', import.meta.url)))
  const port = await new Promise((resolve) => child.once('message', resolve))
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => child.kill() }
}
