// npm run refine -- PHOTO --out FOLDER [options]: the page's pipeline from a terminal. `--help` tells the rest.
import { relative } from 'node:path'
import { CaptureError } from './capture/capture-error.ts'
import { CommandError, UsageError } from './cli/command-error.ts'
import { modelStore } from './cli/model-store.ts'
import { help, type Options, parseOptions } from './cli/options.ts'
import { type OutputFolder, reserveFolder } from './cli/output-folder.ts'
import { refinePhoto } from './cli/refine-photo.ts'
import { createReporter } from './cli/reporter.ts'
import { save } from './cli/save.ts'
import { summarise, tell } from './cli/summary.ts'
import { RefinementError } from './refine/refinement-error.ts'
import { ModelError } from './runtime/models.ts'

let output: OutputFolder | null = null
const cleanUp = async () => output?.discard()
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, async () => {
    await cleanUp()
    process.exit(code)
  })
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') process.stdout.write(help)
  else await run(options)
} catch (error) {
  await cleanUp()
  fail(error)
}

async function run(options: Options): Promise<void> {
  const reporter = createReporter(options.json ? process.stderr : process.stdout)
  output = await reserveFolder(options.out)
  const results = await refinePhoto(options, await modelStore(reporter), reporter)
  const record = await save(results, options, output)
  const files = await output.commit()
  if (options.json) process.stdout.write(`${JSON.stringify(summarise(record, files))}\n`)
  else
    reporter.say(
      tell(
        record,
        files.map((file) => relative(process.env.INIT_CWD ?? '.', file)),
      ),
    )
}

/** One sentence on stderr; the stack of what nobody foresaw where DEBUG is set. */
function fail(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const kinds = [CommandError, CaptureError, ModelError, RefinementError]
  const foreseen = kinds.some((kind) => error instanceof kind)
  const hint = error instanceof UsageError ? ' (--help tells more.)' : ''
  process.stderr.write(foreseen ? `${message}${hint}\n` : `The run failed unexpectedly: ${message}\n`)
  if (!foreseen && process.env.DEBUG) process.stderr.write(`${stack}\n`)
  process.exitCode = error instanceof CommandError ? error.exitCode : 1
}
