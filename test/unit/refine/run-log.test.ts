import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RunLog } from '../../../client/refine/run-log.ts'
import { presets } from '../../../client/refine/schedule.ts'
import { taskOf } from '../../../client/refine/task.ts'
import type { RefineOptions } from '../../../client/refine/types.ts'
import { smallProblem } from '../../support/problem.ts'

let seconds = 0
beforeEach(() => {
  seconds = 100
  vi.spyOn(performance, 'now').mockImplementation(() => 1000 * seconds)
})
afterEach(() => vi.restoreAllMocks())

const preset = { ...presets.draft, scales: [{ divisor: 1, steps: 4 }] }
const problem = smallProblem()
const logOf = (options: RefineOptions = {}) => new RunLog(taskOf(problem, preset), preset, options)
const placeAt = (step: number) => ({ round: 0, scaleIndex: 0, scale: 32, step, steps: 4 })

/** Two seconds to make the scale, then `steps` steps of three seconds each. */
function ran(log: RunLog, steps: number) {
  log.begin()
  log.beginScale()
  seconds += 2
  log.scaleReady(0, 0)
  return Array.from({ length: steps }, (_, step) => {
    seconds += 3
    log.stepTaken(5e8)
    return log.progress(placeAt(step), { total: step })
  })
}

describe('RunLog', () => {
  it('tells the step, its place in the run and the time left', () => {
    const [first, , , last] = ran(logOf(), 4)
    expect(first).toMatchObject({
      ...placeAt(0),
      ...{ rounds: 1, scales: 1, losses: { total: 0 } },
      ...{ secondsElapsed: 5, secondsLeft: 9, fraction: 5 / 14 },
    })
    expect(last).toMatchObject({ step: 3, secondsElapsed: 14, secondsLeft: 0, fraction: 1 })
  })

  it('reports the steps, the time of each scale and the work', () => {
    const log = logOf()
    ran(log, 4)
    log.endScale(0, 32)
    const refined = log.report(problem.content, { backbone: 'vgg16', provider: 'node', seed: 7 })
    expect(refined).toMatchObject({
      ...{ size: 32, optimised: true, preset: 'draft', backbone: 'vgg16', provider: 'node', seed: 7 },
      ...{ seconds: 14, gflop: 2, coveredTexels: 32 * 32 },
      secondsPerScale: [{ round: 0, scale: 32, setup: 2, steps: 12 }],
    })
    expect(refined.steps.map(({ step, losses }) => [step, losses.total])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(logOf().report(problem.content, { backbone: null, provider: 'node', seed: 0 }).optimised).toBe(
      false,
    )
  })

  it('wants a preview and a checkpoint each time their seconds are over, counted from the last one', () => {
    const log = logOf({ previewSeconds: 2, checkpointSeconds: 5 })
    seconds += 60 // Loading the network counts for neither.
    log.begin()
    const due = () => [log.isDue('preview'), log.isDue('checkpoint')]
    expect(due()).toEqual([false, false])
    seconds += 2
    expect(due()).toEqual([true, false])
    log.done('preview')
    expect(due()).toEqual([false, false])
    seconds += 3
    expect(due()).toEqual([true, true])
  })

  it('wants neither unasked', () => {
    const log = logOf()
    log.begin()
    seconds += 1e6
    expect([log.isDue('preview'), log.isDue('checkpoint')]).toEqual([false, false])
  })

  it('goes on from what a checkpoint kept, which stays as it was', () => {
    const before = logOf()
    ran(before, 2)
    const kept = before.kept()
    expect(kept).toMatchObject({ seconds: 8, secondsPerScale: [] })
    seconds += 1000
    const after = logOf({ from: kept as RefineOptions['from'] })
    expect(after.seconds).toBe(8)
    ran(after, 1)
    ran(before, 1)
    expect(after.kept().steps).toHaveLength(3)
    expect(kept.steps).toHaveLength(2)
  })
})
