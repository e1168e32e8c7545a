import type { ParseArgsOptionsConfig } from 'node:util'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'
import { circumstances, save } from './history.ts'
import { growthOptions, number, placeOptions, stepOptions, type Typed } from './options.ts'
import type { Figures, Task } from './tasks.ts'

const usage = `npm run -s bench -- COMMAND [options] [--json] [--save]

  step    one optimiser step of random numbers, again and again: milliseconds, their phases, counted work, memory
          --provider node|wasm|webgpu (default node; the others in Chromium, WebGPU in software without a graphics device)
          --backbone inception|vgg16 (default inception)  --random-weights (VGG16 without a file of its own)
          --preset draft|standard|paper (whose losses; default: standard, with vgg16 paper)
          --size N (256)  --samples N  --style N (default: the preset's)  --steps N (5)  --threads N  --with-peak
  peak    what the provider reaches with matrix products and convolutions of the sizes of a step
          --provider, --threads as above  --repeats N (5)  --scale S (1: sides of what is computed)
  growth  memory over many steps of a small run: values, sessions, buffers, megabytes at five moments
          --provider, --threads as above  --steps N (2000)
  run     a whole run in Node: wall and CPU seconds of each stage
          --photo FILE (default: the sample)  --preset P (draft)  --size N (the preset's)  --repeats N (1)
  load URL  the page that is served at URL, cold and warm: requests, bytes, milliseconds to its head, first step and end
          --visits N (3 warm ones)  --preset draft|standard (what is refined; default: what the page does by itself)
          --until step|refined (refined)  --mbit M (a slow line for the first visit)

--json prints one line, --save appends it to test/bench/history.jsonl with the date, the commit, the processor and its load.
Machines differ and are busy: compare old and new in turn, in one sitting, by the minimum (test/bench/README.md).`

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const always = { json: flag, save: flag }
const place = { ...always, provider: text, threads: text }
const ofStep = { backbone: text, preset: text, size: text, samples: text, style: text, steps: text }
const options = {
  step: { ...place, ...ofStep, 'random-weights': flag, 'with-peak': flag },
  peak: { ...place, repeats: text, scale: text },
  growth: { ...place, steps: text },
  run: { ...always, photo: text, preset: text, size: text, repeats: text },
  load: { ...always, visits: text, preset: text, until: text, mbit: text },
} as const

const [command] = process.argv.slice(2)
if (!isCommand(command)) {
  // Tells what there is, or names the option that there is not.
  const { positionals } = commandLine(usage, {}, { words: 1 })
  wrongUsage(
    `${positionals[0] ? `There is no command "${positionals[0]}"` : 'Name a command'}: ${Object.keys(options).join(', ')}.`,
  )
}
const { values, positionals } = commandLine<ParseArgsOptionsConfig>(usage, options[command], {
  words: command === 'load' ? 2 : 1,
})
const { json, save: saved, ...typed } = values as Typed
try {
  const line = { command, ...circumstances(), ...(await figures(command, typed)) }
  console.log(json ? JSON.stringify(line) : JSON.stringify(line, null, 2))
  if (saved) save(line)
} catch (error) {
  if (error instanceof RangeError) wrongUsage(error.message)
  throw error
}
// onnxruntime's threads would keep the process.
process.exit()

function isCommand(word: string | undefined): word is keyof typeof options {
  return word !== undefined && Object.hasOwn(options, word)
}

async function figures(command: keyof typeof options, typed: Typed): Promise<Figures> {
  switch (command) {
    case 'run':
      return { ...(await (await import('./run-bench.ts')).runBench(typed)) }
    case 'load':
      return { ...(await (await import('./load-bench.ts')).loadBench(positionals[1], typed)) }
    default:
      return perform(taskOf(command, typed))
  }
}

function taskOf(command: 'step' | 'peak' | 'growth', typed: Typed): Task {
  if (command === 'step')
    return { command, options: stepOptions(typed), withPeak: Boolean(typed['with-peak']) }
  if (command === 'growth') return { command, options: growthOptions(typed) }
  const repeats = number('repeats', typed.repeats, 5, 1)
  return { command, options: placeOptions(typed), repeats, scale: Number(typed.scale ?? 1) }
}

/** In this process, which has done nothing before, or in a browser of its own. */
async function perform(task: Task): Promise<Figures> {
  if (task.options.provider !== 'node') return (await import('./in-chromium.ts')).performInChromium(task)
  const { nodePlace } = await import('./node-place.ts')
  const tasks = await import('./tasks.ts')
  return tasks.perform(await nodePlace(task.options.threads), task)
}
