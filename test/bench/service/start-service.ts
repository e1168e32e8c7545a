import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { bucketObjects } from '../../../models/bucket-objects.ts'
import { root } from '../../../models/paths.ts'
import { workerUnderTest } from '../../support/worker-under-test.ts'

export interface Service {
  url: string
  /** Seconds of CPU that its workerd has used. */
  cpuSeconds(): number
  /** Its resident memory, bytes, now and at most. */
  memory(): { now: number; peak: number }
  stop(): Promise<void>
}

/**
 * The worker in Miniflare as wrangler.toml describes it, with model files, in a storage of its own. Rate limits and
 * quotas are out of the way: what is measured is the work.
 *
 * @param entry the worker's main file, from the repository's root
 */
export async function startService(entry: string): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'facerefiner-service-'))
  const script = bundle(entry, folder)
  // Loaded here, as miniflare below: it takes seconds, which the programs' --help should not.
  const { unstable_getMiniflareWorkerOptions } = await import('wrangler')
  const options = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const workerOptions = options.workerOptions as Record<string, object>
  const limits = Object.entries(workerOptions.ratelimits ?? {}).map(([name, limit]) => [
    name,
    { ...(limit as object), simple: { limit: 1e9, period: 60 } },
  ])
  const service = await start({
    ...workerOptions,
    modules: [{ type: 'ESModule', path: script }],
    modulesRoot: folder,
    bindings: { ...workerOptions.bindings, ...workerUnderTest.miniflare.bindings },
    ratelimits: Object.fromEntries(limits),
  })
  const bucket = await service.miniflare.getR2Bucket('MODELS')
  for (const { key, path, contentType, contentEncoding } of bucketObjects()) {
    await bucket.put(key, readFileSync(path), { httpMetadata: { contentType, contentEncoding } })
  }
  return {
    ...service,
    stop: async () => {
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A worker that only answers "ok": what workerd itself costs. */
export function startBareWorker(): Promise<Service> {
  return start({ modules: true, script: 'export default { fetch: () => new Response("ok") }' })
}

async function start(
  options: Parameters<typeof convertV4MiniflareOptions>[0],
): Promise<Service & { miniflare: Miniflare }> {
  const { convertV4MiniflareOptions, Miniflare } = await import('miniflare')
  const before = new Set(workerds())
  const miniflare = new Miniflare(convertV4MiniflareOptions({ ...options, host: '127.0.0.1', port: 0 }))
  const url = (await miniflare.ready).origin
  const [pid] = workerds().filter((one) => !before.has(one))
  const status = (name: string) =>
    1024 *
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return {
    url,
    miniflare,
    cpuSeconds: () => processSeconds(pid),
    memory: () => ({ now: status('VmRSS'), peak: status('VmHWM') }),
    stop: () => miniflare.dispose(),
  }
}

/** Seconds of CPU that a process has used. */
export function processSeconds(pid: number): number {
  // Fields 14 and 15 behind the name, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The workerd processes that this process has started. */
function workerds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, name, rest] =
          /^\d+ \((.+)\) . (.+)$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').trim()) ?? []
        return name === 'workerd' && Number(rest.split(' ')[0]) === process.pid
      } catch {
        return false
      }
    })
}

/** @returns the bundle's file */
function bundle(entry: string, folder: string): string {
  const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
  const words = ['deploy', entry, '--dry-run', '--outdir', folder, '--minify']
  execFileSync(process.execPath, [wrangler, ...words], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const main = readdirSync(folder).find((name) => name.endsWith('.js'))
  if (!main) throw new Error(`wrangler made no bundle of ${entry}.`)
  return join(folder, main)
}
