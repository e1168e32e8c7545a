import { isAbsolute, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../../client/cli/command-error.ts'
import { type Half, halfNames } from './data/halves.ts'
import { type HeadStage, headStages, usualStages } from './head/types.ts'
import { type Method, methods, usualMethods } from './methods.ts'
import { type Protocol, protocols } from './types.ts'

/** The command line, checked. Paths are absolute. */
export interface Options {
  protocols: Protocol[]
  /** Of the protocol `head`, which has figures of its own; none where it was not asked for. */
  stages: HeadStage[]
  photos?: string
  gt?: string
  /** Initial textures by photo name. */
  content?: string
  /** Finished textures by photo name, of other methods. */
  external: { name: string; dir: string }[]
  lpips?: string
  methods: Method[]
  /** Texels per side. */
  size: number
  /** Degrees of yaw. */
  angles: number[]
  /** Errors of the mesh, shares of the distance of the outer eye corners. */
  meshErrors: number[]
  /** Only the portraits of this half (data/halves.json). */
  half?: Half
  /** Photos at most. */
  limit: number
  /** The start that stands in for a generator is tried too. */
  generator: boolean
  out: string
  json: boolean
}

const sizes = ['64', '128', '256', '512', '1024']

/** The protocol of whole heads. */
const head = 'head'

export const usage = `npm run evaluate -- --protocol ${[...protocols, head].join('|')} --photos DIR --out DIR [options]

  --protocol P        one or several, separated by commas
  --photos DIR        photos, or the data set's folder
  --gt DIR            complete textures by photo name; for scan: a folder of scans, or one GLB
  --content DIR       initial textures by photo name, as a further start
  --external NAME=DIR finished textures by photo name, of another method (may be repeated)
  --lpips FILE        ONNX model of LPIPS (inputs ref and dist); without it there is no LPIPS
  --preset P          presets to run, separated by commas (default: draft)
  --methods M         methods to run instead, separated by commas: names, or "ablations"
  --size N            texels a side: ${sizes.join(', ')} (default: 256)
  --angles A          degrees of yaw, separated by commas (default: 20,-20,35,-35,50,-50)
  --mesh-errors E     percent of the outer eye corners' distance (default: 1,2)
  --no-generator      leave out the start that stands in for a texture generator
  --stages S          of the protocol head: ${headStages.join(', ')} (portraits
                      with their painted hair optimised too, a minute each). Default: all but that
  --half H            tuning or reporting: only the portraits of that half (test/evaluation/data/halves.json)
  --limit N           at most N photos
  --json              the last line holds the means

Methods: ${methods.map(({ name, about }) => `\n  ${name.padEnd(28)}${about}`).join('')}`

/**
 * @param argv arguments after the script's name
 * @returns 'help' where help was asked for
 * @throws UsageError naming the argument and the valid choices
 */
export function parseOptions(argv: string[]): Options | 'help' {
  let values: ReturnType<typeof parse>
  try {
    values = parse(argv)
  } catch (error) {
    const { message } = error as Error
    const [, bare] = /^Option '(?:-\w, )?(--[\w-]+).* argument (?:is ambiguous|missing)/.exec(message) ?? []
    throw new UsageError(
      `${bare ? `${bare} needs a value` : message.split('. ')[0]}. --help lists the options.`,
    )
  }
  if (values.help) return 'help'
  const known = [...protocols, head] as const
  const named = list(values.protocol ?? '').map((name) => oneOf('protocol', name, known))
  if (named.length === 0) throw new UsageError(`--protocol is missing: choose ${known.join(', ')}.`)
  const chosen = named.filter((name) => name !== head)
  const asked = list(values.stages ?? usualStages.join(',')).map((name) => oneOf('stages', name, headStages))
  const stages = named.includes(head) ? asked : []
  if (!values.out) throw new UsageError('--out is missing: name the folder that the report goes to.')
  const needsPhotos = chosen.some((name) => name !== 'scan') || stages.some((name) => name !== 'made')
  if (needsPhotos && !values.photos)
    throw new UsageError('--photos is missing: name the folder with the photos or the data set.')
  if (chosen.includes('scan') && !values.gt)
    throw new UsageError('--gt is missing: the protocol "scan" needs a folder with a textured GLB.')
  return {
    protocols: chosen,
    stages,
    photos: path(values.photos),
    gt: path(values.gt),
    content: path(values.content),
    external: (values.external ?? []).map((text) => {
      const at = text.indexOf('=')
      if (at < 1 || at === text.length - 1)
        throw new UsageError(`--external is "${text}": give a name and a folder, as in OSTeC=results/ostec.`)
      return { name: text.slice(0, at), dir: path(text.slice(at + 1))! }
    }),
    lpips: path(values.lpips),
    methods: chooseMethods(values.methods, list(values.preset ?? 'draft')),
    size: Number(oneOf('size', values.size ?? '256', sizes)),
    angles: list(values.angles ?? '20,-20,35,-35,50,-50').map((text) => number('angles', text, -80, 80)),
    meshErrors: list(values['mesh-errors'] ?? '1,2').map((text) => number('mesh-errors', text, 0, 20) / 100),
    half: values.half === undefined ? undefined : oneOf('half', values.half, halfNames),
    limit: number('limit', values.limit ?? '100000', 1, 100_000),
    generator: !values['no-generator'],
    out: path(values.out)!,
    json: values.json ?? false,
  }
}

function parse(argv: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  return parseArgs({
    // A value that begins with a minus sign would be taken for an option.
    args: argv.map((argument, i) => (argv[i - 1] === '--angles' ? `_${argument}` : argument)),
    options: {
      ...{ protocol: text, photos: text, gt: text, content: text, lpips: text, preset: text, methods: text },
      ...{ size: text, angles: text, 'mesh-errors': text, half: text, stages: text, limit: text, out: text },
      external: { type: 'string', multiple: true },
      ...{ 'no-generator': flag, json: flag },
      help: { type: 'boolean', short: 'h' },
    },
  }).values
}

/** Each part once. */
const list = (text: string) => {
  const parts = text.replace(/^_/, '').split(',')
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))]
}

function chooseMethods(names: string | undefined, presets: string[]): Method[] {
  if (names === undefined) {
    for (const name of presets) oneOf('preset', name, ['draft', 'standard', 'paper'])
    return usualMethods(presets)
  }
  const known = methods.map((method) => method.name)
  const chosen = list(names).flatMap((name) =>
    name === 'ablations' ? known.filter((other) => other.startsWith('draft: ')) : name,
  )
  if (chosen.length === 0) throw new UsageError(`--methods is empty; choose ${known.join(', ')}.`)
  return [...new Set(chosen)].map((name) => {
    oneOf('methods', name, known)
    return methods.find((method) => method.name === name)!
  })
}

function oneOf<T extends string>(option: string, given: string, valid: readonly T[]): T {
  const found = valid.find((value) => value === given)
  if (found === undefined) throw new UsageError(`--${option} is "${given}"; choose ${valid.join(', ')}.`)
  return found
}

function number(option: string, text: string, low: number, high: number): number {
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= low && value <= high)) {
    throw new UsageError(`--${option} is "${text}"; give a number from ${low} to ${high}.`)
  }
  return value
}

/** Relative paths count from where npm was called. */
function path(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  return isAbsolute(given) ? given : resolve(process.env.INIT_CWD ?? '.', given)
}
