import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireBackbone } from '../../../client/refine/backbone.ts'
import { refine } from '../../../client/refine/refine.ts'
import { RefinementError } from '../../../client/refine/refinement-error.ts'
import { officially, type Preset, presets } from '../../../client/refine/schedule.ts'
import type { Progress, Refined, RefinementProblem, RefineOptions } from '../../../client/refine/types.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import type { Runtime } from '../../../client/runtime/runtime.ts'
import { garblingRuntime } from '../../support/garbling-runtime.ts'
import { smallProblem } from '../../support/problem.ts'
import { tinyBackboneStore } from '../../support/tiny-backbone.ts'

const store = tinyBackboneStore()
const quick: Preset = {
  ...presets.draft,
  backbone: 'vgg16',
  scales: [
    { divisor: 2, steps: 3 },
    { divisor: 1, steps: 4 },
  ],
  samples: { content: 48, style: 64 },
}

let runtime: Runtime
beforeAll(async () => {
  runtime = await nodeRuntime()
})
afterAll(() => runtime.dispose())

async function finish(problem: RefinementProblem, preset: Preset, options?: RefineOptions) {
  const progress: Progress[] = []
  const steps = refine(problem, preset, { runtime, store }, options)
  for (;;) {
    const next = await steps.next()
    if (next.done) return { refined: next.value as Refined, progress }
    progress.push(next.value)
  }
}

describe('refine', () => {
  it('changes what is free and nothing else, and lowers the objective', async () => {
    const problem = smallProblem()
    const longer = { ...quick, scales: [{ divisor: 1, steps: 25 }] }
    const { refined } = await finish(problem, longer, { seed: 1 })
    let moved = 0
    refined.texture.forEach((value, k) => {
      const free = problem.freedom[Math.floor(k / 3)]
      if (free === 0) expect(value).toBe(problem.content[k])
      else moved = Math.max(moved, Math.abs(value - problem.content[k]))
    })
    expect(moved).toBeGreaterThan(0.002)
    expect(refined.optimised).toBe(true)
    expect(refined.optimisedTexels).toBe(problem.freedom.filter((free) => free > 0.05).length)
    const totals = refined.steps.map(({ losses }) => losses.total!)
    const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length
    expect(mean(totals.slice(-5))).toBeLessThan(0.95 * mean(totals.slice(0, 5)))
  })

  it('gives the same texture for the same seed, another for another', async () => {
    const runs = [1, 1, 2].map((seed) => () => finish(smallProblem(), quick, { seed }))
    const textures: Float32Array[] = []
    for (const run of runs) textures.push((await run()).refined.texture)
    expect(textures[1]).toEqual(textures[0])
    expect(textures[2]).not.toEqual(textures[0])
  })

  it('says so where the photo leaves nothing to optimise, and --full optimises all the same', async () => {
    const problem = smallProblem(32, { hole: false })
    const { refined, progress } = await finish(problem, quick)
    expect(progress).toEqual([])
    expect(refined.optimised).toBe(false)
    expect(refined.optimisedTexels).toBe(0)
    expect(refined.backbone).toBeNull()
    expect(refined.texture).toBe(problem.content)
    expect(refined.summary).toMatch(/nothing to optimise/)
    const full = await finish(problem, quick, { full: true })
    expect(full.progress).toHaveLength(7)
    expect(full.refined.optimisedTexels).toBe(32 * 32)
    expect(full.refined.texture).not.toEqual(problem.content)
  })

  it('reports rounds, scales, steps, losses and the time left', async () => {
    const twoRounds = { ...quick, rounds: 2 }
    const { progress, refined } = await finish(smallProblem(), twoRounds, { previewSeconds: 0 })
    expect(progress.map(({ round, scale, step }) => [round, scale, step])).toEqual(
      [0, 1].flatMap((round) => [
        ...[0, 1, 2].map((step) => [round, 16, step]),
        ...[0, 1, 2, 3].map((step) => [round, 32, step]),
      ]),
    )
    expect(progress.at(-1)!.secondsLeft).toBe(0)
    expect(progress.at(-1)!.fraction).toBe(1)
    expect(progress[0].texture).toHaveLength(32 * 32 * 3)
    expect(Object.keys(progress[0].losses)).toEqual(['total', 'content', 'remd', 'moments', 'colour'])
    expect(refined.secondsPerScale).toHaveLength(4)
  })

  it('runs the published recipe: SGD, no composite, photometric term', async () => {
    const paper: Preset = { ...presets.paper, rounds: 1, scales: quick.scales, samples: quick.samples }
    const { refined } = await finish(smallProblem(), paper)
    expect(refined.steps).toHaveLength(7)
    expect(refined.steps[0].losses.photometric).toBeLessThan(0.01)
  })

  it.each([
    ['as the official code does', officially],
    ['with noise and two-sided', (preset: Preset): Preset => ({ ...preset, noise: true, remd: 'two-sided' })],
  ])('runs it %s', async (_, change) => {
    const paper = { ...presets.paper, rounds: 2, scales: quick.scales, samples: quick.samples }
    const [one, other] = [await finish(smallProblem(), paper), await finish(smallProblem(), change(paper))]
    expect(other.refined.steps).toHaveLength(14)
    expect(other.refined.steps[0].losses).not.toEqual(one.refined.steps[0].losses)
    expect(other.refined.texture).not.toEqual(one.refined.texture)
  })

  it('hands on and returns what the official code saves, where that is asked for', async () => {
    const paper: Preset = { ...presets.paper, rounds: 1, scales: quick.scales, samples: quick.samples }
    const { refined } = await finish(smallProblem(), { ...paper, roundEnd: 'stretched' })
    const levels = refined.texture.map((value) => value * 255)
    for (const level of levels) expect(level).toBeCloseTo(Math.round(level), 3)
    expect([Math.min(...levels), Math.max(...levels)]).toEqual([0, 255])
  })

  it('takes a texture from elsewhere into every texel that the photo does not show', async () => {
    const content = new Float32Array(32 * 32 * 3).fill(0.3)
    const problem = smallProblem(32, { content })
    expect(new Set(problem.evidence)).toEqual(new Set([1, 3]))
    const { refined } = await finish(problem, quick)
    expect(refined.optimised).toBe(true)
    expect(refined.summary).toMatch(/that the photo does not show/)
  })

  it('frees everything on the device, finished or cancelled', async () => {
    let alive = 0
    const counting: Runtime = {
      ...runtime,
      provider: runtime.provider,
      reason: runtime.reason,
      dispose: () => runtime.dispose(),
      upload: async (tensor) => track(await runtime.upload(tensor)),
      session: async (model, options) => {
        const session = await runtime.session(model, options)
        return {
          inputNames: session.inputNames,
          outputNames: session.outputNames,
          release: () => session.release(),
          run: async (feeds) =>
            Object.fromEntries(
              Object.entries(await session.run(feeds)).map(([name, value]) => [name, track(value)]),
            ),
        }
      },
    }
    const track = <T extends { dispose(): void }>(value: T): T => {
      alive++
      const dispose = value.dispose.bind(value)
      value.dispose = () => {
        alive--
        dispose()
      }
      return value
    }
    for (const stopAfter of [3, 5, 100]) {
      const steps = refine(smallProblem(), quick, { runtime: counting, store })
      for (let i = 0; i < stopAfter && !(await steps.next()).done; i++);
      await steps.return(undefined as never)
      expect(alive).toBe(0)
    }
  })

  it('stops with the last good texture where the losses leave the finite numbers', async () => {
    const wild: Preset = {
      ...presets.paper,
      rounds: 1,
      optimizer: { kind: 'sgd', rate: 1e20, momentum: 0.9, perTexel: true },
      scales: [{ divisor: 1, steps: 20 }],
      samples: quick.samples,
    }
    const problem = smallProblem()
    const error = await finish(problem, wild).catch((e) => e)
    expect(error).toBeInstanceOf(RefinementError)
    expect(error.code).toBe('diverged')
    expect(error.texture).toEqual(problem.content)
    expect(error.message).toMatch(
      /step \d+ of 20 \(32 px\), so there is no refined texture: try another seed/,
    )
  })

  it.each([
    ['NaN', Number.NaN],
    ['zeros', 0],
    ['1e30', 1e30],
  ])(
    'stops with the last good texture where the last step leaves %s, which no loss tells of',
    async (_, value) => {
      const garbling = garblingRuntime(runtime, ({ name, count }, data) =>
        name === 'next_levels' && count === 6 ? data.map(() => value) : null,
      )
      const steps = refine(smallProblem(), quick, { runtime: garbling, store }, { previewSeconds: 0 })
      let good: Float32Array | undefined
      const error = await (async () => {
        for (;;) good = (await steps.next()).value.texture ?? good
      })().catch((e) => e)
      expect(error).toMatchObject({ name: 'RefinementError', code: 'garbled' })
      expect(error.texture).toEqual(good)
    },
  )

  it('says how to add a backbone that is not there', async () => {
    const error = await finish(smallProblem(), { ...quick, backbone: 'inception-v3' }).catch((e) => e)
    expect(error.code).toBe('no-backbone')
    expect(error.message).toContain('Backbones here: vgg16')
    await expect(requireBackbone(quick, store)).resolves.toBeUndefined()
    const empty = { ...store, manifest: async () => ({ models: [] }) }
    await expect(requireBackbone(presets.paper, empty)).rejects.toThrow('npm run models -- add vgg16')
  })
})

describe('checkpoints', () => {
  // Two rounds with Adam: momentum, the round's own content and the random numbers all have to survive.
  const preset: Preset = { ...quick, rounds: 2 }

  it('goes on from any of them to the same texture, also after structured cloning', async () => {
    const whole = await finish(smallProblem(), preset, { seed: 3, checkpointSeconds: 0 })
    const checkpoints = whole.progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.map(({ round, scaleIndex, step }) => [round, scaleIndex, step])).toEqual([
      ...[0, 1].flatMap((round) => [
        ...[1, 2].map((step) => [round, 0, step]),
        ...[1, 2, 3].map((step) => [round, 1, step]),
      ]),
    ])
    for (const checkpoint of [checkpoints[0], checkpoints[3], checkpoints[8]]) {
      const { refined, progress } = await finish(smallProblem(), preset, {
        seed: 3,
        from: structuredClone(checkpoint),
      })
      expect(refined.texture).toEqual(whole.refined.texture)
      expect(refined.steps).toEqual(whole.refined.steps)
      expect(progress.length).toBeLessThan(whole.progress.length)
      expect(refined.secondsPerScale).toHaveLength(4)
    }
  })

  it('are refused by another run', async () => {
    const { progress } = await finish(smallProblem(), quick, { seed: 3, checkpointSeconds: 0 })
    const from = progress.find(({ checkpoint }) => checkpoint)!.checkpoint
    await expect(finish(smallProblem(), quick, { seed: 4, from })).rejects.toThrow(
      'The checkpoint is of a run with seed 3, and this one has 4: begin anew without it.',
    )
  })
})
