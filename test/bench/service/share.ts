import { loadavg } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { parseOptions } from '../../../client/cli/options.ts'
import { refinePhoto } from '../../../client/cli/refine-photo.ts'
import { exportHead } from '../../../client/result/export-head.ts'
import { faceGlb } from '../../../client/result/glb.ts'
import { sampledPng } from '../../../client/result/sampled-png.ts'
import { sharpCodec } from '../../../client/result/sharp-codec.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import type { ShareParts } from '../../../client/share/api.ts'
import { plainJpeg } from '../../../client/share/plain-jpeg.ts'
import { root } from '../../../models/paths.ts'
import { commandLine } from '../../../worker/dev/command-line.ts'
import { type Service, startService } from './start-service.ts'
import { withoutCommit } from './without-commit.ts'

const { values, positionals } = commandLine(
  `node test/bench/service/share.ts [PHOTO] [--sizes 512,1024] [--hair auto] [--times 20]

What it takes to share a photo's head as the page does: the bytes of each part, and the CPU of the worker in Miniflare, in
milliseconds a share, for the uploads, for publishing (both with Miniflare's storage, which is not the worker's own) and for
the validation alone. Prints one line of JSON. Without a photo, the sample's.`,
  {
    sizes: { type: 'string', default: '512,1024' },
    hair: { type: 'string', default: 'auto' },
    times: { type: 'string', default: '20' },
  },
  { words: 1 },
)
const [photo = join(root, 'client/app/sample/astronaut.png')] = positionals
const times = Number(values.times)

const made = new Map<number, ShareParts>()
for (const size of values.sizes.split(',').map(Number)) made.set(size, await partsOf(size))
const service = await startService('worker/index.ts')
const validation = await startService('test/bench/service/validating-worker.ts')
try {
  const shares = []
  for (const [size, parts] of made) {
    const bytes = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.length]))
    const megabytes = Object.values(bytes).reduce((sum, length) => sum + length, 0) / 1e6
    shares.push({
      size,
      bytes,
      megabytes,
      cpu: { ...(await published(parts)), validate: await validated(parts) },
    })
  }
  console.log(JSON.stringify({ photo, shares, load: loadavg()[0] }))
} finally {
  await service.stop()
  await validation.stop()
}

/** By the terminal's run, which is the page's. */
async function partsOf(size: number): Promise<ShareParts> {
  const words = ['--preset', 'instant', '--size', String(size), '--cover', 'head', '--hair', values.hair]
  const options = parseOptions([photo, '--out', 'nowhere', ...words])
  if (options === 'help') throw new Error('Help was asked for.')
  const silent = { say() {}, advance() {}, end() {} }
  const { capture, png, whole } = await refinePhoto(options, diskStore(), silent)
  const preview = await sharp(photo).resize(1200, 630).jpeg({ quality: 88 }).toBuffer()
  return {
    'texture.png': png,
    'face.glb': await faceGlb({ mesh: capture.mesh, png }),
    'head.glb': (await exportHead({ ...whole.head!, codec: sharpCodec })).file,
    'record.json': new TextEncoder().encode(JSON.stringify(whole.record, null, 2)),
    'sampled.png': await sampledPng(capture),
    'preview.jpg': plainJpeg(new Uint8Array(preview)),
  }
}

async function published(parts: ShareParts): Promise<{ upload: number; commit: number }> {
  // Each once for nothing: what is first compiled then is not compiled again.
  await (await withoutCommit(parts, service.url))()
  const commits: (() => Promise<void>)[] = []
  const upload = await cpu(service, async () => {
    for (let i = 0; i < times; i++) commits.push(await withoutCommit(parts, service.url))
  })
  const commit = await cpu(service, async () => {
    for (const commit of commits) await commit()
  })
  return { upload, commit }
}

async function validated(parts: ShareParts): Promise<number> {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) form.append(name, new Blob([part]), name)
  const run = async (times: number) => {
    const response = await fetch(`${validation.url}/?times=${times}`, { method: 'POST', body: form })
    if (!response.ok) throw new Error(await response.text())
  }
  await run(1)
  return cpu(validation, () => run(times))
}

/** @returns milliseconds of CPU for one of so many */
async function cpu(service: Service, work: () => Promise<void>): Promise<number> {
  const before = service.cpuSeconds()
  await work()
  return Math.round((1e4 * (service.cpuSeconds() - before)) / times) / 10
}
