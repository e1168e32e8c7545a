import { describe, expect, it } from 'vitest'
import { Evidence } from '../../../client/face/evidence.ts'
import type { Capture } from '../../../client/face/types.ts'
import { type Preset, presets } from '../../../client/refine/schedule.ts'
import type { Progress } from '../../../client/refine/types.ts'
import { defaultSeed, presetNames, presetSizes, sizeOfFace } from '../../../client/run/choices.ts'
import { type RunPlaces, type RunRequest, run } from '../../../client/run/run.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import { tinyBackboneStore } from '../../support/tiny-backbone.ts'
import { domeRun } from '../result/synthetic.ts'

const store = tinyBackboneStore()
const size = 256
const quick: Preset = {
  ...presets.draft,
  backbone: 'vgg16',
  scales: [{ divisor: 4, steps: 2 }],
  samples: { content: 32, style: 48 },
}

/** Of the dome's texture a stripe that neither side shows. */
function withStripe(): Capture {
  const { capture } = domeRun(size)
  const evidence = capture.evidence.map((value, i) => (i % size > size - 20 ? Evidence.none : value))
  return { ...capture, evidence }
}

async function finish(capture: Capture, request: Partial<RunRequest>, places: Partial<RunPlaces> = {}) {
  const progress: Progress[] = []
  const asked: number[] = []
  const steps = run(
    capture,
    { preset: quick, seconds: { decode: 1, capture: 2 }, ...request },
    {
      store,
      provider: 'wasm',
      runtime: (losses) => {
        asked.push(losses)
        return nodeRuntime()
      },
      ...places,
    },
  )
  for (;;) {
    const next = await steps.next()
    if (next.done) return { ...next.value, progress, asked }
    progress.push(next.value)
  }
}

describe('run', () => {
  it('poses, refines, and tells how it came about', async () => {
    const { refined, record, png, runtime, progress, asked } = await finish(withStripe(), {})
    expect(progress).toHaveLength(2)
    expect(asked).toEqual([0])
    expect(refined).toMatchObject({ optimised: true, seed: defaultSeed })
    expect(runtime).toMatchObject({ provider: 'node', runsOn: { on: 'cpu' } })
    expect(record).toMatchObject({ provider: 'node', backbone: 'vgg16', size, seed: defaultSeed })
    expect(record.texture.bytes).toBe(png.length)
    expect(Object.keys(record.seconds)).toEqual(['decode', 'capture', 'problem', 'refine'])
    expect(record.seconds).toMatchObject({ decode: 1, capture: 2 })
  })

  it('makes no runtime where nothing is free, unless all is to be optimised', async () => {
    const { capture } = domeRun(size)
    const still = await finish(capture, { seed: 3 })
    expect(still.asked).toEqual([])
    expect(still.progress).toEqual([])
    expect(still.runtime).toMatchObject({ provider: 'wasm', runsOn: { on: 'nothing' } })
    expect(still.record).toMatchObject({ provider: 'wasm', seed: 3, optimised: false, backbone: null })
    const full = await finish(capture, { full: true })
    expect(full.asked).toEqual([0])
    expect(full.refined.optimisedTexels).toBe(size * size)
  })

  it('optimises nothing in an instant: no network, no runtime, the texture as it was captured', async () => {
    const stripe = withStripe()
    const { asked, progress, refined, record } = await finish(stripe, { preset: presets.instant })
    expect([asked, progress]).toEqual([[], []])
    expect(refined.texture).toBe(stripe.content)
    expect(record).toMatchObject({ preset: 'instant', optimised: false, optimisedTexels: 0, backbone: null })
    expect(record.models.map(({ id }) => id)).not.toContain('inception-v3')
  })

  it('names the networks that took part: none of them found a mesh that was given', async () => {
    const [found, given] = [withStripe(), { ...withStripe(), pose: null }]
    const manifest = await store.manifest()
    const network = { ...manifest.models[0], id: 'facemesh', purpose: 'capture' as const }
    const withNetwork = { ...store, manifest: async () => ({ models: [network, ...manifest.models] }) }
    const idsOf = async (capture: Capture) =>
      (await finish(capture, {}, { store: withNetwork })).record.models.map(({ id }) => id)
    expect(await idsOf(found)).toEqual(['facemesh', 'vgg16'])
    expect(await idsOf(given)).toEqual(['vgg16'])
  })

  it('says that a backbone is missing before anything is computed', async () => {
    const asked: number[] = []
    const runtime = (losses: number) => {
      asked.push(losses)
      return nodeRuntime()
    }
    await expect(finish(withStripe(), { preset: presets.standard }, { runtime })).rejects.toMatchObject({
      code: 'no-backbone',
    })
    expect(asked).toEqual([])
  })
})

describe('choices', () => {
  it('are the presets that there are, the default first, each at a size of its own', () => {
    expect([...presetNames].sort()).toEqual(Object.keys(presets).sort())
    expect(presetNames[0]).toBe('standard')
    expect(presetSizes).toEqual({ standard: 512, instant: 512, draft: 256, paper: 512 })
  })

  it('give a face the size that it fills: as many texels as it is worth', () => {
    const sizes = [0, 64, 129, 130, 299, 300, 800].map((width) => sizeOfFace({ width }))
    expect(sizes).toEqual([256, 256, 256, 512, 512, 1024, 1024])
  })
})
