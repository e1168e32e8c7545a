import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import sharp from 'sharp'
import { shareResult } from '../../../client/share/api.ts'
import { root } from '../../../models/paths.ts'
import { commandLine } from '../../../worker/dev/command-line.ts'
import type { Measured, Usage } from '../../../worker/dev/cost/bill.ts'
import { chromiumPath } from '../../chromium.ts'
import { type Parts, validParts } from '../../support/parts.ts'
import { openSample, refine } from '../../support/walk.ts'
import type { Counts } from './counted-worker.ts'
import { type Service, startService } from './start-service.ts'

commandLine(`node test/bench/service/visitor.ts

What one visitor and one shared result cost the service: requests, bytes, R2 and Durable Object operations and CPU, on
the real worker in Miniflare with a real Chromium. Writes worker/dev/cost/measured.json and prints it.`)

/** CPU is counted in hundredths of a second: repeat until it is much more. */
const repeat = 10

const sample = join(root, 'client/app/sample/astronaut.png')

const service = await startService('test/bench/service/counted-worker.ts')
try {
  const measured: Measured = { visit: await visit(service), share: await share(service) }
  writeFileSync(join(root, 'worker/dev/cost/measured.json'), `${JSON.stringify(measured, null, 2)}\n`)
  console.log(JSON.stringify(measured))
} finally {
  await service.stop()
}

/** A first visit until a finer result is there; its requests are then made again for their CPU. */
async function visit(service: Service): Promise<Usage> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
  const page = await browser.newPage()
  const addresses: string[] = []
  page.context().on('request', (request) => {
    if (request.url().startsWith(service.url)) addresses.push(request.url())
  })
  await page.goto(service.url)
  await openSample(page)
  await refine(page)
  await page.locator('main.result').waitFor({ timeout: 300_000 })
  const counts = await countsOf(service)
  await browser.close()

  const cpu = await used(service, async () => {
    for (let i = 0; i < repeat; i++) {
      for (const address of addresses) {
        await (await fetch(address, { headers: { 'accept-encoding': 'br' } })).arrayBuffer()
      }
    }
  })
  return usage(counts, cpu / repeat, 0)
}

async function share(service: Service): Promise<Usage> {
  const parts: Parts[] = []
  const size = 512
  // A photo takes as much space as a face's texture does.
  const { data } = await sharp(sample)
    .resize(size, size)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const picture = Float32Array.from(data, (byte) => byte / 255)
  for (let seed = 0; seed < repeat; seed++)
    parts.push(await validParts({ size, vertices: 2000, seed, picture }))
  await countsOf(service)
  const seconds = await used(service, async () => {
    for (const one of parts) {
      const { result } = await shareResult(one, { origin: service.url })
      await (await fetch(new URL(result.page, service.url))).arrayBuffer()
      for (const { url } of result.parts) await (await fetch(new URL(url, service.url))).arrayBuffer()
    }
  })
  const counts = await countsOf(service)
  const stored = Object.entries(parts[0]).reduce(
    (sum, [name, part]) => sum + (name === 'sampled.png' ? 0 : part.length),
    0,
  )
  const each = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, value / repeat]))
  return usage(each as unknown as Counts, seconds / repeat, stored)
}

function usage(counts: Counts, seconds: number, bytesStored: number): Usage {
  // A call writes what is used by all and by the network, and what it was taken for, which is removed the next day.
  return {
    ...counts,
    cpuMilliseconds: Math.round(10_000 * seconds) / 10,
    objectRowsWritten: 4 * counts.objectCalls,
    bytesStored,
  }
}

async function countsOf(service: Service): Promise<Counts> {
  return (await (await fetch(`${service.url}/__counts`)).json()) as Counts
}

/** Seconds of CPU that the service spends meanwhile. */
async function used(service: Service, work: () => Promise<void>): Promise<number> {
  const before = service.cpuSeconds()
  await work()
  return service.cpuSeconds() - before
}
