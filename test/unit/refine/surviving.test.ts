import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Preset, presets } from '../../../client/refine/schedule.ts'
import { refineSurviving } from '../../../client/refine/surviving.ts'
import type { Progress, Refined } from '../../../client/refine/types.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import { DeviceLostError, type Runtime } from '../../../client/runtime/runtime.ts'
import { smallProblem } from '../../support/problem.ts'
import { tinyBackboneStore } from '../../support/tiny-backbone.ts'

const store = tinyBackboneStore()
const preset: Preset = {
  ...presets.draft,
  backbone: 'vgg16',
  scales: [
    { divisor: 2, steps: 4 },
    { divisor: 1, steps: 4 },
  ],
  samples: { content: 48, style: 64 },
}

let real: Runtime
beforeAll(async () => {
  real = await nodeRuntime()
})
afterAll(() => real.dispose())

/** The real runtime, whose device is lost in the middle of its n-th step. */
function losing(n: number): Runtime {
  let steps = 0
  return {
    ...real,
    async session(model, options) {
      const session = await real.session(model, options)
      const isStep = session.outputNames.includes('losses')
      return {
        ...session,
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        release: () => session.release(),
        async run(feeds) {
          if (isStep && ++steps === n) throw new DeviceLostError('The graphics device was lost.')
          return session.run(feeds)
        },
      }
    },
    upload: (tensor) => real.upload(tensor),
    dispose: async () => {},
  }
}

const whole: Runtime = { ...losing(0) }

async function finish(runtimes: readonly (() => Runtime)[]) {
  const asked: number[] = []
  const progress: Progress[] = []
  const runtime = async (losses: number) => {
    asked.push(losses)
    return runtimes[losses]()
  }
  const steps = refineSurviving(smallProblem(), preset, { runtime, store }, { seed: 1, checkpointSeconds: 0 })
  for (;;) {
    const next = await steps.next()
    if (next.done) return { refined: next.value as Refined, progress, asked }
    progress.push(next.value)
  }
}

describe('refineSurviving', () => {
  it('goes on from the last checkpoint on a new device, to the same texture', async () => {
    const expected = await finish([() => whole])
    expect(expected.asked).toEqual([0])
    const survived = await finish([() => losing(3), () => losing(4), () => whole])
    expect(survived.asked).toEqual([0, 1, 2])
    expect(survived.refined.texture).toEqual(expected.refined.texture)
    expect(survived.refined.steps).toEqual(expected.refined.steps)
  })

  it('begins again where the device is lost before there is a checkpoint', async () => {
    const expected = await finish([() => whole])
    const { refined, asked } = await finish([() => losing(1), () => whole])
    expect(asked).toEqual([0, 1])
    expect(refined.texture).toEqual(expected.refined.texture)
  })

  it('gives up after the third loss', async () => {
    await expect(finish([() => losing(2), () => losing(1), () => losing(1)])).rejects.toThrow(DeviceLostError)
  })

  it('does not hide other failures', async () => {
    const broken = (): Runtime => ({ ...whole, upload: () => Promise.reject(new Error('no memory')) })
    await expect(finish([broken])).rejects.toThrow('no memory')
  })
})
