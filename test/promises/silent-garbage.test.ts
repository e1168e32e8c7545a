import { afterAll, beforeAll, expect, test } from 'vitest'
import { areFinite } from '../../client/image/are-finite.ts'
import type { Checkpoint } from '../../client/refine/checkpoint.ts'
import { refine } from '../../client/refine/refine.ts'
import { RefinementError } from '../../client/refine/refinement-error.ts'
import { type Preset, presets } from '../../client/refine/schedule.ts'
import type { Refined, RefinementProblem } from '../../client/refine/types.ts'
import { readWeights } from '../../client/refine/weights.ts'
import type { ModelStore } from '../../client/runtime/models.ts'
import { nodeRuntime } from '../../client/runtime/node.ts'
import type { Runtime } from '../../client/runtime/runtime.ts'
import { writeSafetensors } from '../../models/safetensors.ts'
import { garblingRuntime, nameOf, type Passage } from '../support/garbling-runtime.ts'
import { smallProblem } from '../support/problem.ts'
import { tinyBackboneStore } from '../support/tiny-backbone.ts'
import { amount, tell } from './amounts.ts'

const preset: Preset = {
  ...presets.draft,
  backbone: 'vgg16',
  scales: [
    { divisor: 2, steps: 2 },
    { divisor: 1, steps: 3 },
  ],
  samples: { content: 24, style: 32 },
}
const store = tinyBackboneStore('vgg16', [2, 2, 3, 3, 4])

let runtime: Runtime
let whole: Refined
const passages: Passage[] = []
const checkpoints: Checkpoint[] = []
beforeAll(async () => {
  runtime = await nodeRuntime()
  const listening = garblingRuntime(runtime, (passage) => {
    passages.push(passage)
    return null
  })
  whole = await finish({ runtime: listening })
})
afterAll(() => runtime.dispose())

interface Places {
  runtime?: Runtime
  store?: ModelStore
  problem?: RefinementProblem
  from?: Checkpoint
}

/** Previews and checkpoints whenever they may be, so that all that is ever read is read. */
async function finish({ problem = smallProblem(), from, ...places }: Places): Promise<Refined> {
  const options = { seed: 1, previewSeconds: 0, checkpointSeconds: 0, from }
  const steps = refine(problem, preset, { runtime, store, ...places }, options)
  for (;;) {
    const { done, value } = await steps.next()
    if (done) return value
    if (value.checkpoint) checkpoints.push(structuredClone(value.checkpoint))
  }
}

/** What becomes of good numbers. */
const garbage: Record<string, (data: Float32Array) => Float32Array> = {
  'NaN throughout': (data) => new Float32Array(data.length).fill(Number.NaN),
  'one NaN': (data) => data.with(data.length >> 1, Number.NaN),
  'one infinity': (data) => data.with(data.length >> 1, Number.POSITIVE_INFINITY),
  zeros: (data) => new Float32Array(data.length),
  'huge throughout': (data) => new Float32Array(data.length).fill(1e30),
}

const outcomes = { named: 0, undisturbed: 0 }

/** A named error with a good texture where there was one, or the result of the undisturbed run. */
async function endsWell(what: string, run: Promise<Refined>, began = true): Promise<void> {
  const end = await run.catch((error: unknown) => error)
  if (end instanceof RefinementError) {
    outcomes.named++
    if (!began) return expect([what, end.texture]).toEqual([what, null])
    expect(end.texture, what).toHaveLength(whole.texture.length)
    const { texture } = end
    expect(areFinite(texture!), what).toBe(true)
    // Of this face, and no plain grey.
    const far = texture!.reduce((most, value, k) => Math.max(most, Math.abs(value - whole.texture[k])), 0)
    expect(far, what).toBeLessThan(0.3)
    return
  }
  if (end instanceof Error) throw new Error(`${what}: ${end}`, { cause: end })
  outcomes.undisturbed++
  expect(
    (end as Refined).texture.every((value, k) => value === whole.texture[k]),
    what,
  ).toBe(true)
}

/** Evenly from beginning to end. */
function sampled<T>(all: readonly T[], sample: number): T[] {
  const count = Math.min(all.length, amount({ sample, whole: all.length }))
  return Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / count)])
}

test('whatever a device makes of what it is given, computes and gives back', async () => {
  const cases = passages.flatMap((passage) =>
    Object.entries(garbage).map(([kind, change]) => ({
      what: `${nameOf(passage)}: ${kind}`,
      passage,
      change,
    })),
  )
  const tried = sampled(cases, 10)
  for (const { what, passage, change } of tried) {
    const garbling = garblingRuntime(runtime, (here, data) =>
      nameOf(here) === nameOf(passage) ? change(data) : null,
    )
    await endsWell(what, finish({ runtime: garbling }))
  }
  tell(3, { 'numbers garbled on their way through the device': tried.length })
})

test('whatever weights a network has', async () => {
  const [[name, file]] = await store.load('vgg16')
  const tensors = readWeights(file).tensors
  const cases = [...tensors.keys()].flatMap((tensor) =>
    Object.entries(garbage).map(([kind, change]) => ({ what: `${tensor}: ${kind}`, tensor, change })),
  )
  // A bias of zeros is one.
  const damaging = cases.filter(({ what }) => !/bias: zeros/.test(what))
  const tried = sampled(damaging, 20)
  for (const { what, tensor, change } of tried) {
    const garbled = new Map(
      [...tensors].map(([each, { shape, data }]) => [
        each,
        { dtype: 'F32' as const, shape, data: each === tensor ? change(data) : data },
      ]),
    )
    const load = async () => new Map([[name, writeSafetensors(garbled, {})]])
    await endsWell(what, finish({ store: { ...store, load } }), false)
  }
  tell(3, { 'networks with garbled weights': tried.length })
})

test('whatever a checkpoint holds', async () => {
  const kept = checkpoints[2]
  const tried = checkpointChanges(kept)
  for (const [what, from] of tried) await endsWell(what, finish({ from: from as Checkpoint }), false)
  tell(3, { 'altered checkpoints': tried.length })
})

test('whatever problem is posed', async () => {
  const problem = smallProblem()
  const cases = (['content', 'sampled', 'weight', 'freedom'] as const).flatMap((name) =>
    Object.entries(garbage)
      .filter(([kind]) => /NaN|infinity/.test(kind))
      .map(([kind, change]) => [`${name}: ${kind}`, { ...problem, [name]: change(problem[name]) }] as const),
  )
  for (const [what, posed] of cases) await endsWell(what, finish({ problem: posed }), false)
  // Where nothing is left to compute, the content is the result.
  const shown = smallProblem(32, { hole: false })
  const content = garbage['one NaN'](shown.content)
  await endsWell('content alone', finish({ problem: { ...shown, content } }), false)
  tell(3, { 'problems of numbers that are none': cases.length + 1, ...outcomes })
})

/** Each field of a checkpoint, with what it must not be. */
function checkpointChanges(kept: Checkpoint): [string, unknown][] {
  const changes: [string, unknown][] = []
  const change = (what: string, changed: object) => changes.push([what, { ...kept, ...changed }])
  for (const name of ['round', 'scaleIndex', 'step', 'taken'] as const)
    for (const value of [-1, 0.5, 99, Number.NaN, '1', null, undefined])
      change(`${name}: ${value}`, { [name]: value })
  for (const random of [null, {}, { scale: Number.NaN, step: 1 }, { scale: 1 }]) change('random', { random })
  for (const name of ['steps', 'secondsPerScale', 'unknowns'] as const)
    for (const value of [null, undefined, 7]) change(`${name}: ${value}`, { [name]: value })
  for (const seconds of [Number.NaN, -1, Number.POSITIVE_INFINITY, null]) change('seconds', { seconds })
  const arrays = (what: string, data: Float32Array, put: (data: unknown) => object) => {
    for (const [kind, garble] of Object.entries(garbage)) {
      // The optimiser’s states may be anything that a gradient is.
      const isState = what !== 'content' && what !== 'levels'
      if (!isState || /NaN|infinity/.test(kind)) change(`${what}: ${kind}`, put(garble(data)))
    }
    for (const other of [
      data.subarray(1),
      new Float32Array(0),
      [...data],
      Float64Array.from(data),
      undefined,
    ])
      change(`${what}: ${other?.constructor.name} of ${other?.length}`, put(other))
  }
  arrays('content', kept.content, (content) => ({ content }))
  for (const [name, data] of Object.entries(kept.unknowns))
    arrays(name, data, (put) => ({ unknowns: { ...kept.unknowns, [name]: put } }))
  change('unknowns: none', { unknowns: {} })
  return changes
}
