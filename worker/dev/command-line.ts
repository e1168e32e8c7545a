import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>
>

/**
 * Reads the command line of a script, before the script does anything. `--help` prints the usage and ends the process
 * with code 0; an option that there is not, or a word too many, ends it with a sentence and code 2.
 *
 * @param usage begins with the command as it is typed
 * @param options as node:util's parseArgs takes them
 * @param words that the command may have besides; none by default
 * @example const { values } = commandLine('npm run cost -- --visitors N', { visitors: { type: 'string' } })
 */
export function commandLine<const T extends Options>(
  usage: string,
  options: T = {} as T,
  { words = 0 }: { words?: number } = {},
): Parsed<T> {
  let parsed: Parsed<T & { help: { type: 'boolean'; short: 'h' } }>
  try {
    parsed = parseArgs({
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    // What follows its first sentence is about how a word may begin with a dash.
    wrongUsage(`${(error as Error).message.split('. ')[0].replace(/\.$/, '')}.`)
  }
  if ((parsed.values as { help?: boolean }).help) {
    console.log(usage)
    process.exit(0)
  }
  const { [words]: unexpected } = parsed.positionals
  if (unexpected !== undefined) wrongUsage(`Unexpected argument '${unexpected}'.`)
  return parsed as unknown as Parsed<T>
}

/** Ends the process where the command line asks for what there is not. */
export function wrongUsage(sentence: string): never {
  console.error(`${sentence} (--help tells more.)`)
  process.exit(2)
}
