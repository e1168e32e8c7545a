/**
 * Quality as numbers: how well each method completes a face's texture, where the truth is known.
 *
 *     npm run evaluate -- --protocol yaw --photos DIR --out DIR [--help]
 *
 * Writes DIR/report/index.html, summary.json and summary.md (of the protocol head heads.md, heads.json and pictures), anew after each photo: an interrupted run leaves what it had
 * done. With --json the last line holds the means.
 */

import { capture } from '../../client/capture/capture.ts'
import { CommandError, UsageError } from '../../client/cli/command-error.ts'
import { decodePhoto } from '../../client/cli/decode.ts'
import { reserveFolder } from '../../client/cli/output-folder.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { nodeRuntime } from '../../client/runtime/node.ts'
import type { CasesOf, Context } from './context.ts'
import { textureFor } from './data/ground-truth.ts'
import { needFolder } from './data/image-files.ts'
import { summaryOf } from './head/summary.ts'
import type { Tools } from './methods.ts'
import { type Lpips, loadLpips } from './metrics/lpips.ts'
import { type Options, parseOptions, usage } from './options.ts'
import { evaluateHeads } from './protocols/head.ts'
import { meansOf } from './report/means.ts'
import { finite } from './report/numbers.ts'
import { photosMissing } from './report/progress.ts'
import { keepSheet, writeReport } from './report/write.ts'
import { samplesOf } from './samples.ts'
import { referenceOf, score } from './score.ts'
import { firstRow, resultRow } from './sheet.ts'
import { generatorLike, type Start } from './starts.ts'
import type { Case, Protocol, Report, Row, Sample, Sheet } from './types.ts'

try {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') console.log(usage)
  else await evaluate(options)
} catch (error) {
  if (!(error instanceof CommandError)) throw error
  console.error(error.message)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function evaluate(options: Options) {
  // Minutes or hours of work begin: first see to what would only be missed at their end.
  await (await reserveFolder(options.out)).discard()
  for (const dir of [options.content, ...options.external.map((other) => other.dir)])
    if (dir) await needFolder(dir)
  const command = `npm run evaluate -- ${process.argv.slice(2).map(quoted).join(' ')}`
  const store = diskStore()
  const lpips = options.lpips ? await loadLpips(options.lpips).catch(asCommandError) : null
  if (options.stages.length > 0) {
    const heads = await evaluateHeads(options, command, store, lpips)
    const { made, portraits, variants, failures } = heads
    const rows = made.length + portraits.length + variants.length
    const failed = failures.length ? `, ${failures.length} failed` : ''
    console.log(`${rows} rows${failed}: ${options.out}/report/heads.md`)
    if (options.json) console.log(JSON.stringify(summaryOf(heads)))
    if (rows === 0) process.exitCode = 1
  }
  if (options.protocols.length === 0) return
  const report: Report = {
    command,
    date: new Date().toISOString(),
    size: options.size,
    photos: [],
    rows: [],
    sheets: [],
    failures: [],
  }
  const sources: Source[] = []
  for (const protocol of options.protocols) {
    const { samples, casesOf } = await samplesOf(protocol, options)
    sources.push({ protocol, samples, casesOf })
    report.photos.push({ protocol, done: 0, of: Math.min(options.limit, samples.length) })
  }
  const save = sparingly(() => writeReport(report, options.out))
  const runtime = await nodeRuntime()
  try {
    for (const source of sources) await runProtocol(source, options, { runtime, store }, lpips, report, save)
  } finally {
    await runtime.dispose()
  }
  await writeReport(report, options.out)
  const failed = report.failures.length ? `, ${report.failures.length} failed` : ''
  console.log(`${report.rows.length} rows${failed}: ${options.out}/report/index.html`)
  if (options.json) console.log(JSON.stringify(meansOf(report.rows.map(finite))))
  if (report.rows.length === 0) process.exitCode = 1
}

interface Source {
  protocol: Protocol
  samples: Sample[]
  casesOf: CasesOf
}

/** Work that takes more and more time, done when called unless that would be more than a tenth of all the time. */
function sparingly(work: () => Promise<void>): () => Promise<void> {
  let due = 0
  return async () => {
    const began = performance.now()
    if (began < due) return
    await work()
    const ended = performance.now()
    due = ended + 9 * (ended - began)
  }
}

async function runProtocol(
  { protocol, samples, casesOf }: Source,
  options: Options,
  tools: Tools,
  lpips: Lpips | null,
  report: Report,
  save: () => Promise<void>,
) {
  const progress = report.photos.find((one) => one.protocol === protocol)!
  const { gt, limit, size, angles, meshErrors } = options
  const context: Context = {
    ...{ size, angles, meshErrors, store: tools.store },
    // Beside a scan, --gt is the scan's.
    truthFor: gt && !options.protocols.includes('scan') ? (sample, at) => textureFor(gt, sample, at) : null,
  }
  const donors = donorsFrom(samples, context)
  for (const [i, sample] of samples.slice(0, limit).entries()) {
    const fail = (view: string, message: string) => {
      report.failures.push({ photo: sample.name, view, message })
      console.error(`${protocol} ${sample.name} ${view}: ${message}`)
    }
    const pictured = new Set<string>()
    try {
      for await (const solved of casesOf(sample, context)) {
        if ('message' in solved) {
          fail(solved.view, solved.message)
          continue
        }
        // One contact sheet a photo and mesh, or occluder.
        const seen = protocol === 'occlusion' ? solved.view : solved.mesh
        const wanted = isMiddling(solved, angles) && !pictured.has(seen)
        if (wanted) pictured.add(seen)
        const starts = await startsFor(solved, options, () => donors(i))
        await runCase(solved, starts, options, tools, lpips, report, wanted)
      }
    } catch (error) {
      fail('', (error as Error).message)
    }
    progress.done++
    if (photosMissing(report.photos)) await save()
  }
}

/** As a shell takes it back. */
function quoted(argument: string): string {
  return /^[\w./=,:-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}

/**
 * Half turned, where a protocol turns faces (any turn, where none is half): there networks run and pictures are taken,
 * elsewhere what costs nothing.
 */
function isMiddling({ protocol, yaw }: Case, angles: readonly number[]): boolean {
  if (protocol !== 'yaw' && protocol !== 'scan') return true
  const middle = (angle: number) => Math.abs(angle) >= 30 && Math.abs(angle) <= 40
  return yaw !== null && (middle(yaw) || !angles.some(middle))
}

/** The complete texture of the next photo that has one: another person's. Each is captured once. */
function donorsFrom(samples: Sample[], { store, size }: Context) {
  const made = new Map<number, Promise<Float32Array | null>>()
  const textureOf = (index: number) => {
    const known = made.get(index)
    if (known) return known
    const texture = decodePhoto(samples[index].path)
      .then((photo) => capture(photo, { store, size }))
      .then(({ content }) => content)
      .catch(() => null)
    made.set(index, texture)
    return texture
  }
  return async (own: number) => {
    for (let step = 1; step < samples.length; step++) {
      const index = (own + step) % samples.length
      const texture = samples[index].subject === samples[own].subject ? null : await textureOf(index)
      if (texture) return texture
    }
    return null
  }
}

/** The generator's stand-in is tried where the face is known and half turned, or as it is. */
async function startsFor(
  solved: Case,
  { content, size, generator, angles }: Options,
  donor: () => Promise<Float32Array | null>,
): Promise<Start[]> {
  const starts: Start[] = [{ name: 'ours', content: null }]
  if (content) starts.push({ name: 'external', content: await textureFor(content, solved.sample, size) })
  const { protocol, mesh, capture } = solved
  if (!generator || !capture.symmetric || !isMiddling(solved, angles) || protocol === 'occlusion')
    return starts
  if (protocol === 'yaw' && mesh !== 'true') return starts
  const texture = await donor()
  if (texture) starts.push({ name: 'generator-like', content: generatorLike(texture, capture) })
  return starts
}

async function runCase(
  solved: Case,
  starts: Start[],
  { methods, external, size, angles, out }: Options,
  tools: Tools,
  lpips: Lpips | null,
  report: Report,
  wanted: boolean,
) {
  const { sample, protocol, view, yaw, mesh, capture } = solved
  const reference = await referenceOf(solved)
  const pictures: Sheet['rows'] = wanted ? [firstRow(solved, reference)] : []
  const began = performance.now()
  const add = async (
    method: string,
    start: string,
    texture: Float32Array,
    cost: Pick<Row, 'seconds' | 'gflop'>,
  ) => {
    const scores = await score(solved, reference, texture, lpips)
    const { name: photo, subject } = sample
    report.rows.push(
      ...scores.map((row) => ({ protocol, photo, subject, view, yaw, mesh, start, method, ...row, ...cost })),
    )
    if (wanted) pictures.push(resultRow(solved, reference, method, start, texture))
  }
  const attempt = async (name: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      const message = `${name}: ${(error as Error).message}`
      report.failures.push({ photo: sample.name, view, message })
      console.error(`${protocol} ${sample.name} ${view}: ${message}`)
    }
  }
  for (const start of starts) {
    for (const method of methods) {
      const skipped = method.costly && (!isMiddling(solved, angles) || mesh.endsWith('off'))
      if (skipped || !method.from.includes(start.name)) continue
      await attempt(`${method.name} from ${start.name}`, async () => {
        const from = performance.now()
        const { texture, gflop } = await method.make(capture, start, tools)
        await add(method.name, start.name, texture, { seconds: (performance.now() - from) / 1000, gflop })
      })
    }
  }
  for (const { name, dir } of external) {
    await attempt(name, async () =>
      add(name, 'none', await textureFor(dir, sample, size), { seconds: 0, gflop: 0 }),
    )
  }
  if (wanted) {
    const sheet = { photo: sample.name, view, protocol, mesh, rows: pictures }
    report.sheets.push(await keepSheet(sheet, report.sheets, out))
  }
  console.error(
    `${protocol} ${sample.name} ${view} ${mesh}: ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
}

function asCommandError(error: Error): never {
  throw new CommandError(error.message)
}
