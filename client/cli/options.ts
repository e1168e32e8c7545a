import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { HairChoice } from '../head/complete-head.ts'
import { type RestExpression, restExpressions } from '../head/expressions/rest-expressions.ts'
import { hairStyles } from '../head/hair/hair-style.ts'
import { knobs, turnKnobs } from '../refine/knobs.ts'
import { presets } from '../refine/schedule.ts'
import { type TextureFormat, textureFormats } from '../result/glb.ts'
import { type FileFormat, fileFormats } from '../result/model-format.ts'
import { exportSizes } from '../result/resize-texture.ts'
import {
  type CoverChoice,
  coverChoices,
  defaultSeed,
  hairChoices,
  type PresetName,
  presetNames,
  presetSizes,
  type TextureSize,
  textureSizes,
} from '../run/choices.ts'
import { UsageError } from './command-error.ts'

export const initials = ['hidden-side', 'mirror'] as const

/** The command line, checked. Paths are absolute. */
export interface Options {
  photo: string
  out: string
  preset: PresetName
  size: TextureSize
  backbone?: string
  /** Run the preset as the official code would. */
  official: boolean
  /** Changes to the preset, by knob (refine/knobs.ts). */
  settings: Readonly<Record<string, string>>
  content?: string
  mask?: string
  mesh?: string
  camera?: string
  /** White where the UV layout holds the face. */
  fullMask?: string
  initial: (typeof initials)[number]
  /** From 1, the largest face first. */
  face?: number
  /** Leave out what seems to cover the face. */
  uncover: boolean
  full: boolean
  cover: CoverChoice
  /** Shoulders under the head's neck. */
  bust: boolean
  hair: HairChoice
  /** The face at rest. */
  expression: RestExpression
  seed: number
  /** What face and head are written as. */
  format: FileFormat
  /** What face.glb and head.glb hold their texture as. */
  texture: TextureFormat
  /** Texels a side of the textures in the 3D files, and of other PNGs. Default: as refined. */
  textureSize?: (typeof exportSizes)[number]
  json: boolean
}

const flags = {
  out: { type: 'string' },
  preset: { type: 'string' },
  size: { type: 'string' },
  backbone: { type: 'string' },
  official: { type: 'boolean' },
  set: { type: 'string', multiple: true },
  content: { type: 'string' },
  mask: { type: 'string' },
  mesh: { type: 'string' },
  camera: { type: 'string' },
  'full-mask': { type: 'string' },
  initial: { type: 'string' },
  face: { type: 'string' },
  uncover: { type: 'boolean' },
  full: { type: 'boolean' },
  cover: { type: 'string' },
  hair: { type: 'string' },
  expression: { type: 'string' },
  'no-bust': { type: 'boolean' },
  seed: { type: 'string' },
  format: { type: 'string' },
  texture: { type: 'string' },
  'texture-size': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Reads the command line.
 *
 * @param argv arguments after the script's name.
 * @returns the options, or 'help' where help was asked for.
 * @throws UsageError naming the argument and the valid choices.
 */
export function parseOptions(argv: string[]): Options | 'help' {
  const { values, positionals, tokens } = parsed(argv)
  requireKnownFlags(tokens)
  if (values.help) return 'help'

  const photo = onePhoto(positionals)
  const text = values as Record<string, string | undefined>
  if (!text.out) throw new UsageError('--out is missing: name the folder that the results go to.')
  requireFittingFlags(values)
  const preset = choice('preset', text.preset, presetNames) as PresetName
  return {
    photo: path(photo),
    out: path(text.out),
    preset,
    size: numberOf('size', text.size ?? String(presetSizes[preset]), textureSizes),
    backbone: text.backbone,
    official: Boolean(values.official),
    settings: settingsOf((values.set ?? []) as string[], preset),
    content: text.content && path(text.content),
    mask: text.mask && path(text.mask),
    mesh: text.mesh && path(text.mesh),
    camera: text.camera && path(text.camera),
    fullMask: text['full-mask'] && path(text['full-mask']),
    initial: choice('initial', text.initial, initials) as Options['initial'],
    face: text.face === undefined ? undefined : wholeNumber('face', text.face, 1, 1000),
    uncover: Boolean(values.uncover),
    full: Boolean(values.full),
    cover: choice('cover', text.cover, coverChoices) as CoverChoice,
    bust: !values['no-bust'],
    expression: choice('expression', text.expression, restExpressions) as RestExpression,
    hair: choice('hair', text.hair, hairChoices) as HairChoice,
    seed: wholeNumber('seed', text.seed ?? String(defaultSeed), 0, 2 ** 32 - 1),
    format: choice('format', text.format, fileFormats) as FileFormat,
    texture: choice('texture', text.texture, textureFormats) as TextureFormat,
    textureSize:
      text['texture-size'] === undefined
        ? undefined
        : numberOf('texture-size', text['texture-size'], exportSizes),
    json: Boolean(values.json),
  }
}

const parsed = (argv: string[]) =>
  parseArgs({ args: argv, options: flags, allowPositionals: true, strict: false, tokens: true })

type Token = ReturnType<typeof parsed>['tokens'][number]

/** @throws UsageError where an option does not exist, lacks its value or has one that it does not take */
function requireKnownFlags(tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name as keyof typeof flags] : null
    if (!flag) {
      const known = Object.keys(flags).map((name) => `--${name}`)
      throw new UsageError(`Unknown option ${token.rawName}; the options are ${known.join(', ')}.`)
    }
    if (flag.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value.`)
    if (flag.type === 'string' && (!token.value || (!token.inlineValue && token.value.startsWith('--'))))
      throw new UsageError(`${token.rawName} needs a value.`)
  }
}

function onePhoto(positionals: readonly string[]): string {
  if (positionals.length === 1) return positionals[0]
  const given =
    positionals.length === 0
      ? 'None was given'
      : `${positionals.length} were given (${positionals.join(', ')})`
  throw new UsageError(`${given}: name one photo, as in npm run refine -- photo.jpg --out folder.`)
}

/** @throws UsageError where options do not go together */
function requireFittingFlags(given: Readonly<Record<string, unknown>>): void {
  const {
    mesh,
    camera,
    uncover,
    face,
    cover,
    hair,
    expression,
    'no-bust': noBust,
    format = 'glb',
    texture,
  } = given
  if (!mesh !== !camera) {
    throw new UsageError(
      '--mesh and --camera belong together: the camera says where the mesh lies on the photo.',
    )
  }
  if (mesh && uncover)
    throw new UsageError('--uncover looks at a captured face; with --mesh nothing is captured: give --mask.')
  if (mesh && face) throw new UsageError('--face picks a face to capture; with --mesh nothing is captured.')
  if (mesh && (cover === 'head' || hair || expression || noBust))
    throw new UsageError(
      'A mesh of your own gets no head: leave out --cover head, --hair, --expression and --no-bust, or --mesh.',
    )
  if (format !== 'glb' && texture && texture !== 'png')
    throw new UsageError(`--format ${format} takes PNG textures alone: leave out --texture ${texture}.`)
  if (cover === 'face' && (hair || expression || noBust))
    throw new UsageError(
      `${hair ? '--hair' : expression ? '--expression' : '--no-bust'} is for the head, which --cover face leaves out: give one of them.`,
    )
}

/** `--set name=value`, each checked against the preset that it changes. */
function settingsOf(given: readonly string[], preset: PresetName): Record<string, string> {
  const pairs = given.map((text) => {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? []
    if (!name) throw new UsageError(`--set "${text}" is no setting: write it as --set name=value.`)
    return [name, value]
  })
  const settings = Object.fromEntries(pairs)
  try {
    turnKnobs(presets[preset], settings)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return settings
}

/** npm runs scripts in the package's folder and keeps where the person was in INIT_CWD. */
function path(given: string): string {
  return resolve(process.env.INIT_CWD ?? '.', given)
}

function choice(name: string, given: string | undefined, valid: readonly string[]): string {
  const value = given ?? valid[0]
  if (!valid.includes(value)) throw new UsageError(`Unknown ${name} "${value}"; choose ${valid.join(', ')}.`)
  return value
}

function numberOf<T extends number>(name: string, given: string, valid: readonly T[]): T {
  return Number(choice(name, given, valid.map(String))) as T
}

function wholeNumber(name: string, given: string, low: number, high: number): number {
  const value = Number(given)
  if (!/^\d+$/.test(given) || value < low || value > high) {
    throw new UsageError(`--${name} "${given}" is no whole number from ${low} to ${high}.`)
  }
  return value
}

export const help = `Refine the facial texture of a photo.

  npm run refine -- PHOTO --out FOLDER [options]

Writes texture.png and face.glb, the whole head as head.glb, head-texture.png (the face's texture, and
that of the rest beside it) and hair-texture.png, record.json, and what they came from: photo.png (the crop
around the face), sampled.png (the photo in UV space), content.png (the complete initial
texture) and weight.png (how well the photo shows each texel).

  --preset NAME      draft (256 px), standard (512 px) or paper. Default: standard
  --size N           256, 512 or 1024 texels a side. Default: the preset's
  --backbone ID      the network whose features are compared. Default: the preset's
  --content FILE     a complete texture in the mesh's UV layout to start from, any size
  --mask FILE        white where the photo must not be trusted (hair, glasses, hands)
  --uncover          leave out what seems to cover the face (a mask, a scarf, sunglasses), and make it anew
  --initial METHOD   hidden-side or mirror: how the unseen side is filled. Default: hidden-side
  --face N           which face, largest first. Default: 1
  --cover WHAT       auto, head or face: the face alone, or its whole head with ears, neck and hair too.
                     Default: auto, the head unless the photo shows too little of it
  --hair STYLE       auto, photo (only painted), none, or one of
                     ${hairStyles.join(', ')}. Default: auto
  --expression REST  photo, or neutral: the head's smile is taken back, its lips are closed. Default: photo
  --no-bust          the head ends at the neck, without shoulders
  --full-mask FILE   white where the UV layout holds the face, any size. Default: where the mesh is
  --full             optimise every texel, also those that the photo shows
  --seed N           Default: ${defaultSeed}
  --format FORMAT    glb, usdz (face.usdz and head.usdz, for AR on an iPhone) or obj (face-obj.zip and
                     head-obj.zip, of OBJ, MTL and PNG). All in metres, Y up, facing +Z. Default: glb
  --texture FORMAT   png, webp (an eighth of the size) or ktx2 (stays small in the GPU's memory): what
                     face.glb and head.glb hold their texture as. Default: png, which every program opens
  --texture-size N   512, 1024 or 2048: the size of the textures in the 3D files, and of a
                     further texture-N.png and head-texture-N.png. Adds no detail. Default: as refined
  --json             progress on stderr, a summary as JSON in the last line of stdout

The method, setting by setting:

  --official         as the official code does it: samples on a fixed grid, style without a
                     mask, --content unlit, nearest-vertex renderer, stretched 8-bit rounds, one
                     rate for all sizes
  --set NAME=VALUE   change one setting; may be given again. After --official it wins.

${Object.entries(knobs)
  .map(([name, { values, about }]) => `    ${name.padEnd(19)} ${values}: ${about}`)
  .join('\n')}

Another mesh and UV layout instead of the captured face:

  --mesh FILE        .obj or .glb (uncompressed) with UVs in 0..1. OBJ: v, vt (origin
                     bottom-left), vn, f; groups and materials are ignored. GLB: the
                     primitives of the material with the most triangles.
  --camera FILE      where the mesh lies on the photo, JSON, in the mesh's units; one of
    {"matrix": [16]}
        row-major; [px*w, py*w, depth*w, w] = matrix * [x, y, z, 1]; px and py in photo
        pixels, py down; a smaller depth is nearer
    {"rotation": [9], "scale": s, "translation": [tx, ty]}
        row-major R; px = s(Rx)_x + tx, py = -(s(Rx)_y + ty); z points to the viewer
    {"fovY": degrees, "position": [3], "target": [3], "up": [3], "width": W, "height": H}
        a pinhole camera; up (default [0, 1, 0]), width and height (default: the photo's)
        may be left out
`
