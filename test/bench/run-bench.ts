import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { captureLocated } from '../../client/capture/capture.ts'
import { chooseFace } from '../../client/capture/find/choose-face.ts'
import { locateFace } from '../../client/capture/locate/locate-face.ts'
import { decodePhoto } from '../../client/cli/decode.ts'
import { reserveFolder } from '../../client/cli/output-folder.ts'
import { save } from '../../client/cli/save.ts'
import { presets } from '../../client/refine/schedule.ts'
import { presetNames, presetSizes, requireTextureSize } from '../../client/run/choices.ts'
import { run } from '../../client/run/run.ts'
import { runHead } from '../../client/run/run-head.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { nodeRuntime } from '../../client/runtime/node.ts'
import { root } from '../../models/paths.ts'
import { choice, number, type Typed } from './options.ts'
import { megabytes } from './place.ts'

/** What a run goes through, in this order. */
export const stages = ['decode', 'find', 'measure', 'unwrap', 'complete', 'refine', 'head', 'result'] as const
type Stage = (typeof stages)[number]

export interface RunFigures {
  settings: { photo: string; preset: string; size: number }
  /** Seconds of the fastest of the repeats; the first loads all networks, and the others what no run keeps. */
  seconds: number
  cpuSeconds: number
  stages: Record<Stage, { seconds: number; cpuSeconds: number }>
  /** Of every repeat. */
  each: number[]
  peakMb: number
}

/** From a photo to its files, as the terminal makes them. @throws RangeError of what was typed */
export async function runBench(typed: Typed): Promise<RunFigures> {
  const sample = join(root, 'client', 'app', 'sample', 'astronaut.png')
  const photo = typed.photo ? resolve(process.env.INIT_CWD ?? '.', String(typed.photo)) : sample
  const preset = choice('preset', typed.preset ?? 'draft', presetNames)
  const size = requireTextureSize(number('size', typed.size, presetSizes[preset], 1))
  const runs: RunFigures['stages'][] = []
  for (let i = 0; i < number('repeats', typed.repeats, 1, 1); i++)
    runs.push(await oneRun(photo, preset, size))
  const wall = (of: (typeof runs)[number]) => sum(Object.values(of).map(({ seconds }) => seconds))
  const fastest = runs.reduce((a, b) => (wall(b) < wall(a) ? b : a))
  return {
    settings: { photo: photo === sample ? 'sample' : 'own', preset, size },
    seconds: hundredths(wall(fastest)),
    cpuSeconds: hundredths(sum(Object.values(fastest).map(({ cpuSeconds }) => cpuSeconds))),
    stages: fastest,
    each: runs.map((each) => hundredths(wall(each))),
    peakMb: megabytes(process.resourceUsage().maxRSS * 1024),
  }
}

async function oneRun(path: string, name: keyof typeof presets, size: number): Promise<RunFigures['stages']> {
  const taken = {} as RunFigures['stages']
  const timed = async <T>(stage: Stage, work: () => T | Promise<T>): Promise<T> => {
    const end = stopwatch()
    const result = await work()
    taken[stage] = end()
    return result
  }
  const store = diskStore()
  const preset = presets[name]
  const photo = await timed('decode', () => decodePhoto(path))
  const { face } = await timed('find', () => chooseFace(photo, 0, { store }))
  const located = await timed('measure', () => locateFace(photo, face, { store }))

  let end = stopwatch()
  const captured = captureLocated(photo, located, {
    size,
    onStage(stage) {
      if (stage !== 'Filling in what the photo does not show') return
      taken.unwrap = end()
      end = stopwatch()
    },
  })
  taken.complete = end()

  const made = await timed('refine', async () => {
    const steps = run(
      captured,
      { preset, seconds: {} },
      { store, runtime: () => nodeRuntime(), provider: 'node' },
    )
    let next = await steps.next()
    while (!next.done) next = await steps.next()
    return next.value
  })
  const seen = { photo, person: located.person }
  const whole = await timed('head', () => runHead({ capture: captured, ...made }, seen, {}, store))
  const folder = mkdtempSync(join(tmpdir(), 'facerefiner-bench-'))
  await timed('result', async () => {
    const output = await reserveFolder(folder)
    await save({ capture: captured, ...made, whole }, { format: 'glb', texture: 'png' }, output)
    await output.commit()
  })
  rmSync(folder, { recursive: true })
  return taken
}

function stopwatch(): () => RunFigures['stages'][Stage] {
  const start = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    const seconds = (performance.now() - start) / 1000
    return { seconds: hundredths(seconds), cpuSeconds: hundredths((user + system) / 1e6) }
  }
}

const hundredths = (value: number) => Math.round(100 * value) / 100
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
