import { loadBackbone } from '../../client/refine/backbone.ts'
import { type PresetName, presets } from '../../client/refine/schedule.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { nodeRuntime } from '../../client/runtime/node.ts'
import type { Value } from '../../client/runtime/runtime.ts'
import { commandLine } from '../../worker/dev/command-line.ts'
import { stepProblem } from '../support/step-problem.ts'

const { values } = commandLine(
  `node test/bench/step.ts [--preset draft] [--size 256] [--steps 5] [--threads N]

Seconds per step of a preset's step graphs on onnxruntime-node, one line of JSON.`,
  {
    preset: { type: 'string', default: 'draft' },
    size: { type: 'string', default: '256' },
    steps: { type: 'string', default: '5' },
    threads: { type: 'string' },
  },
)
const preset = presets[values.preset as PresetName]
const size = Number(values.size)
const threads = values.threads === undefined ? undefined : Number(values.threads)

const backbone = await loadBackbone(preset.backbone, diskStore())
const runtime = await nodeRuntime({ threads })
const scales = []
for (const { divisor, steps } of preset.scales) {
  const side = size / divisor
  const { model, feeds } = stepProblem(backbone, preset, side)
  const opened = performance.now()
  const session = await runtime.session(model.bytes, { onHost: ['losses'] })
  const setup = (performance.now() - opened) / 1000
  const seconds: number[] = []
  const state: Record<string, Value> = {}
  for (let step = 0; step <= Number(values.steps); step++) {
    const started = performance.now()
    const outputs = await session.run({ ...feeds, ...state })
    seconds.push((performance.now() - started) / 1000)
    for (const [name, value] of Object.entries(outputs)) {
      const fed = name.replace(/^next_/, '')
      if (fed === name) value.dispose()
      else {
        state[fed]?.dispose()
        state[fed] = value
      }
    }
  }
  for (const value of Object.values(state)) value.dispose()
  await session.release()
  const [first, ...others] = seconds
  const perStep = others.sort((a, b) => a - b)[Math.floor(others.length / 2)]
  scales.push({
    side,
    nodes: model.nodes,
    gflop: model.flop / 1e9,
    setup,
    first,
    perStep,
    ofThePreset: setup + first + perStep * steps,
  })
}
await runtime.dispose()
console.log(
  JSON.stringify({
    preset: values.preset,
    size,
    runs: runtime.reason,
    scales,
    /** Peak of the whole process, in megabytes. */
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
