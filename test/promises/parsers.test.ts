import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import validator from 'gltf-validator'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import {
  covers,
  hairs,
  presets,
  readCommand,
  readHello,
  readNews,
  readRefusal,
  readWindowMessage,
  sizes,
  stages,
  themes,
} from '../../client/app/widget/protocol.ts'
import { avifColours } from '../../client/capture/open/colours/avif-colours.ts'
import { iccProfile } from '../../client/capture/open/colours/icc-profile.ts'
import { pngColours } from '../../client/capture/open/colours/png-colours.ts'
import { isCutOff } from '../../client/capture/open/cut-off.ts'
import { imageHeader } from '../../client/capture/open/image-header.ts'
import { takeWebpOrientation } from '../../client/capture/open/webp-orientation.ts'
import { cameraOf } from '../../client/cli/camera-file.ts'
import { CommandError } from '../../client/cli/command-error.ts'
import { meshOf } from '../../client/cli/mesh-file.ts'
import type { Mesh } from '../../client/face/types.ts'
import { readWeights } from '../../client/refine/weights.ts'
import { decodePng as decodeKeptPng } from '../../client/result/decode-png.ts'
import { assertGlbBounds } from '../../client/result/glb-bounds.ts'
import { plainJpeg } from '../../client/share/plain-jpeg.ts'
import { floatsToHalves } from '../../models/float16.ts'
import { readTensors } from '../../models/weights/read.ts'
import { bytesSource } from '../../models/weights/source.ts'
import { UnusableFile } from '../../models/weights/unusable.ts'
import { vgg16Tensors } from '../../models/weights/vgg16.ts'
import * as contract from '../../worker/contract/contract.ts'
import { safelyParsed } from '../../worker/contract/safely-parsed.ts'
import { checkFaceGlb, checkHeadGlb } from '../../worker/validation/glb.ts'
import { checkJpeg } from '../../worker/validation/jpeg.ts'
import { decodePng } from '../../worker/validation/png.ts'
import { checkRecord } from '../../worker/validation/record.ts'
import { ValidationError } from '../../worker/validation/validation-error.ts'
import { breakable } from '../support/breakable-glb.ts'
import {
  anyObject,
  damaged,
  damagedValue,
  dice,
  oneOf,
  type Roll,
  withRightLength,
  withRightSums,
} from '../support/damage.ts'
import { headParts, validHead, validParts } from '../support/parts.ts'
import {
  onnxFile,
  randomVgg16,
  safetensorsFile,
  torchLegacyFile,
  torchZipFile,
} from '../support/vgg16-files.ts'
import { amount, tell } from './amounts.ts'

/** Bytes that any parser may take of memory beside its input, over all inputs together. */
const mostGrowth = 256 * 2 ** 20
/** Milliseconds of a processor that an input of these sizes (below 100 kB) may take. */
const longest = 1000

interface Trial<Input, Result> {
  /** How many inputs are tried with all other tests: what takes about two seconds. */
  sample: number
  /** An input, damaged. */
  make(roll: Roll): Input
  read(input: Input): Result | Promise<Result>
  /** Is it the parser's own error? Left out: it throws none. */
  refuses?(error: unknown): boolean
  /** What is wrong with what was read, if anything. */
  wrong?(result: Result, input: Input): string | false
}

const parts = await validParts()
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (text: string) => new TextEncoder().encode(text)

const isValidationError = (error: unknown) => error instanceof ValidationError && /\.$/.test(error.message)
const isCommandError = (error: unknown) => error instanceof CommandError

/** Half of the files with their numbers damaged, half with their scene; right lengths in nearly all. */
function glbs(glb: Uint8Array) {
  const { scene, withText } = breakable(glb)
  const text = JSON.stringify(scene)
  return (roll: Roll) => {
    const kind = roll(4)
    if (kind === 0) return damaged(glb, roll, 2000)
    if (kind === 1) return withRightLength(damaged(glb, roll, 2000))
    if (kind === 2) return withText(() => textOf(damaged(bytesOf(text), roll)))
    return withText(() => JSON.stringify(damagedValue(scene, roll)))
  }
}

/** A JSON file, its bytes or its values damaged. */
function jsons(value: unknown) {
  const bytes = bytesOf(JSON.stringify(value))
  return (roll: Roll) =>
    roll(3) === 0 ? damaged(bytes, roll) : bytesOf(JSON.stringify(damagedValue(value, roll)))
}

function trial<Input, Result>(name: string, { sample, make, read, refuses, wrong }: Trial<Input, Result>) {
  test(name, async () => {
    const count = amount({ sample, whole: 1_000_000 })
    // What is loaded and compiled on first use is no input's.
    for (let seed = 0; seed < 50; seed++) await attempt(() => read(make(dice(seed))))
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    const figures = { accepted: 0, slowest: 0, peak: before }
    for (let seed = 0; seed < count; seed++) {
      const input = make(dice(seed))
      const start = processorTime()
      const { result, error } = await attempt(() => read(input))
      figures.slowest = Math.max(figures.slowest, processorTime() - start)
      if (seed % 64 === 0) figures.peak = Math.max(figures.peak, process.memoryUsage().rss)
      const fault = error
        ? !refuses?.(error.reason) && `threw ${(error.reason as Error)?.stack ?? error.reason}`
        : wrong?.(result as Result, input)
      if (fault) throw new Error(`Of seed ${seed} ${name} ${fault}`)
      if (!error) figures.accepted++
      // What zlib took is given back between two turns of the event loop; each request has its own.
      if (seed % 64 === 0) await setImmediate()
      if (seed % 64 === 0 && isPolluted()) throw new Error(`Of seed ${seed} ${name} changed a prototype.`)
    }
    const growth = Math.max(0, figures.peak - before)
    tell(8, {
      [name]: `${count.toLocaleString('en')} damaged, ${figures.accepted.toLocaleString('en')} still good, slowest ${Math.ceil(figures.slowest)} ms, memory +${Math.round(growth / 2 ** 20)} MB`,
    })
    expect(figures.slowest).toBeLessThan(longest)
    expect(growth).toBeLessThan(mostGrowth)
  })
}

/** Milliseconds that this process has had, whatever else the machine does. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function attempt<Result>(
  read: () => Result | Promise<Result>,
): Promise<{ result?: Result; error?: { reason: unknown } }> {
  try {
    const result = read()
    return { result: result instanceof Promise ? await result : result }
  } catch (reason) {
    return { error: { reason } }
  }
}

const untouched = [Object.prototype, Array.prototype, Function.prototype].map((prototype) =>
  Object.getOwnPropertyNames(prototype).join(),
)
function isPolluted(): boolean {
  return [Object.prototype, Array.prototype, Function.prototype].some(
    (prototype, i) => Object.getOwnPropertyNames(prototype).join() !== untouched[i],
  )
}

// ---- What the service takes ----

const textureRules = { channels: 3, minSize: 256, maxSize: 2048, multiple: 256 } as const
trial('PNG', {
  sample: 12_000,
  make: (roll) => {
    const hurt = damaged(parts['texture.png'], roll, 60)
    return roll(4) ? withRightSums(hurt) : hurt
  },
  read: (png) => decodePng('texture.png', png, textureRules),
  refuses: isValidationError,
  wrong: ({ pixels, size }) => pixels.length !== 3 * size * size && 'gave another number of pixels',
})

trial('JPEG', {
  sample: 100_000,
  make: (roll) => damaged(parts['preview.jpg'], roll, 650),
  read: (jpeg) => checkJpeg('preview.jpg', jpeg),
  refuses: isValidationError,
  wrong: ({ width, height }) =>
    !(Math.min(width, height) >= 200 && Math.max(width, height) <= 1200) && `took ${width} x ${height}`,
})

trial('GLB, face', {
  sample: 12_000,
  make: glbs(parts['face.glb']),
  read: (glb) => checkFaceGlb(glb, parts['texture.png']),
  refuses: isValidationError,
})

trial('GLB, head that moves', {
  sample: 600,
  make: glbs(await validHead({ moves: 'animated' })),
  read: checkHeadGlb,
  refuses: isValidationError,
})

trial('record', {
  sample: 8000,
  make: jsons(JSON.parse(textOf((await headParts(parts))['record.json']))),
  read: (json) => checkRecord(json, new Map()),
  refuses: isValidationError,
  wrong: ({ preset, summary, size }) =>
    !(preset.length <= 100 && summary.isWellFormed() && Number.isSafeInteger(size)) && 'took strange texts',
})

const bodies = {
  sessionRequest: contract.sessionRequest,
  createRequest: contract.createRequest,
  correctRequest: contract.correctRequest,
  commitRequest: contract.commitRequest,
  changeRequest: contract.changeRequest,
  reportRequest: contract.reportRequest,
  galleryQuery: contract.galleryQuery,
  reportsQuery: contract.reportsQuery,
  takeDownRequest: contract.takeDownRequest,
}
const sha256 = 'ab'.repeat(32)
const declared = Object.fromEntries(Object.keys(parts).map((name) => [name, { bytes: 1000, sha256 }]))
const goodBodies = [
  { key: 'pk_x', scope: ['results:create'] },
  { parts: { ...declared, 'photo.jpg': null } },
  { title: 'a', visibility: 'listed', days: 30 },
  { reason: 'minor', text: 'b' },
  { cursor: 'c', limit: '12' },
]
trial('JSON bodies', {
  sample: 20_000,
  make: (roll) => {
    const names = [
      'key',
      'turnstile',
      'scope',
      'parts',
      'title',
      'visibility',
      'days',
      'reason',
      'text',
      'limit',
    ]
    const body = roll(2) ? damagedValue(oneOf(roll, goodBodies), roll) : anyObject(roll, names)
    return { schema: oneOf(roll, Object.values(bodies)) as z.ZodType, body: JSON.parse(JSON.stringify(body)) }
  },
  read: ({ schema, body }) => safelyParsed(schema, body),
  wrong: ({ data }) => data !== undefined && !areWellFormed(data) && 'took a text that is ill-formed',
})
const areWellFormed = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.isWellFormed() && !value.includes('\0')
    : typeof value !== 'object' || value === null || Object.values(value).every(areWellFormed)

// ---- What the page and the library take ----

trial('plain JPEG', {
  sample: 100_000,
  make: (roll) => damaged(exifJpeg, roll, 400),
  read: plainJpeg,
  wrong: (plain, jpeg) => plain.length > jpeg.length && 'made a file longer',
})

const pixels = sharp(readFileSync('client/app/sample/astronaut.png')).resize(64)
const exifJpeg = new Uint8Array(await pixels.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer())
const images = [
  exifJpeg,
  ...(await Promise.all([
    pixels.clone().withIccProfile('p3').png().toBuffer(),
    pixels.clone().withMetadata({ orientation: 3 }).webp().toBuffer(),
    pixels.clone().webp({ lossless: true }).toBuffer(),
    pixels.clone().avif().toBuffer(),
    pixels.clone().gif().toBuffer(),
    pixels.clone().tiff().toBuffer(),
  ])),
  bitmap(),
  // The beginnings of what is only named.
  ...[
    '\0\0\0\x0cjP  \r\n',
    '\0\0\0\x0cJXL \r\n',
    '8BPS',
    'FUJIFILM',
    '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
  ].map((start) => Uint8Array.from({ length: 64 }, (_, i) => start.charCodeAt(i) || 0)),
].map((file) => new Uint8Array(file))

function bitmap(): Uint8Array {
  const bmp = Buffer.alloc(54 + 4 * 16)
  bmp.write('BM')
  for (const [at, value] of [
    [2, bmp.length],
    [10, 54],
    [14, 40],
    [18, 4],
    [22, 4],
  ])
    bmp.writeUInt32LE(value, at)
  bmp.writeUInt16LE(32, 28)
  return bmp
}

trial('image headers', {
  sample: 60_000,
  make: (roll) => damaged(oneOf(roll, images), roll, 400),
  read: (image) => {
    const header = imageHeader(image)
    if (header) isCutOff(image, header.format)
    takeWebpOrientation(image)
    return header
  },
  wrong: (header) =>
    header !== null &&
    [header.width, header.height].some((side) => side !== null && !(side >= 0)) &&
    'gave no size',
})

const colourful = [images[1], images[4]]
const profile = new Uint8Array((await sharp(images[1]).metadata()).icc!)
trial('colours of images', {
  sample: 8000,
  make: (roll) => ({ image: damaged(oneOf(roll, colourful), roll, 600), icc: damaged(profile, roll) }),
  read: ({ image, icc }) => [pngColours(image), avifColours(image), iccProfile(icc)?.grey?.(0.5)],
})

const network = randomVgg16([2, 2, 3, 3, 4])
const weights = Buffer.concat(safetensorsFile(network))
trial('weights of the page', {
  sample: 10_000,
  make: (roll) => damaged(weights, roll, 3000),
  read: readWeights,
  refuses: (error) => error instanceof Error && error.message.startsWith('The weights file is'),
})

trial('a kept PNG', {
  sample: 800,
  make: (roll) => damaged(images[1], roll, 60),
  read: decodeKeptPng,
  // What the platform says of its own stream is a TypeError.
  refuses: (error) => error instanceof RangeError || error instanceof TypeError,
})

trial('bounds of a shared GLB', {
  sample: 10_000,
  make: glbs(parts['face.glb']),
  read: (glb) => assertGlbBounds(glb, 200_000),
  refuses: (error) => error instanceof Error && error.constructor === Error,
})

const settings = {
  ...{ preset: 'draft', size: 512, cover: 'head', hair: 'auto', bust: true, expression: 'photo' },
  ...{ theme: 'light', language: 'en', share: true, puppet: true, mode: 'inline' },
}
const messages = [
  { facerefiner: 'hello', version: 1, settings },
  { facerefiner: 'refusal', version: 1, code: 'a', message: 'b' },
  { type: 'settings', settings },
  { type: 'express', weights: { jawOpen: 0.5 } },
  { type: 'progress', stage: 'refining', fraction: 0.5, secondsLeft: 3 },
  { type: 'error', code: 'a', message: 'b' },
  { type: 'result', glb: 1, texture: 2, record: {} },
]
const choices = [...presets, ...sizes, ...covers, ...hairs, ...themes, ...stages]
trial('messages of the widget', {
  sample: 60_000,
  make: (roll) => {
    const message = damagedValue(oneOf(roll, messages), roll) as Record<string, unknown>
    const odd = [Symbol('x'), 10n, () => 1, new Blob(['x']), new Map(), undefined, oneOf(roll, choices)]
    if (roll(3) === 0 && !Array.isArray(message))
      message[oneOf(roll, ['type', 'glb', 'settings', 'photo'])] = oneOf(roll, odd)
    return roll(20) ? message : oneOf(roll, odd)
  },
  read: (data) =>
    [readWindowMessage, readHello, readRefusal, readCommand, readNews].map((read) => read(data)),
  wrong: (read, data) =>
    read.some((found) => found !== null && found !== data) && 'made something else of a message',
})

// ---- What the terminal takes ----

const finite = ({ positions, normals, uv, triangles }: Mesh) =>
  ![positions, normals, uv].every((numbers) => numbers.every(Number.isFinite))
    ? 'gave numbers that are none'
    : triangles.some((vertex) => 3 * vertex >= positions.length) && 'gave triangles without vertices'

const obj = bytesOf(
  'mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0.5\nvt 0 0\nvt 1 0\nvt 0 1\nvt 1 1\nvn 0 0 1\ng face\n' +
    'f 1/1/1 2/2/1 3/3/1\nf 2/2/1 \\\n4/4/1 3/3/1\nf -1/-1/-1 -2/-2/-1 -3/-3/-1\nf 1/1 2/2 4/4 3/3\n',
)
trial('OBJ', {
  sample: 12_000,
  make: (roll) => damaged(obj, roll),
  read: (bytes) => meshOf(bytes, 'mesh.obj'),
  refuses: isCommandError,
  wrong: finite,
})

trial('GLB of the terminal', {
  sample: 2000,
  make: glbs(parts['face.glb']),
  read: (bytes) => meshOf(bytes, 'mesh.glb'),
  refuses: isCommandError,
  wrong: finite,
})

const cameras = [
  { matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
  { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], scale: 2, translation: [3, 4] },
  { fovY: 30, position: [0, 0, 1], target: [0, 0, 0], up: [0, 1, 0], width: 100, height: 100 },
].map(jsons)
trial('camera', {
  sample: 12_000,
  make: (roll) => oneOf(roll, cameras)(roll),
  read: (json) => cameraOf(json, 'camera.json', { width: 100, height: 100 }),
  refuses: isCommandError,
  wrong: ({ matrix }) => !matrix.every(Number.isFinite) && 'gave numbers that are none',
})

const networks = Object.entries({
  'PyTorch, zip': torchZipFile(network),
  'PyTorch, packed zip': torchZipFile(network, { deflated: true }),
  'PyTorch, older': torchLegacyFile(network),
  safetensors: safetensorsFile(network),
  ONNX: onnxFile(network),
  'ONNX, halves': onnxFile(network, { data: 'half', encodeHalf: floatsToHalves }),
})
for (const [name, pieces] of networks) {
  const file = Buffer.concat(pieces)
  trial(`weights: ${name}`, {
    sample: 300,
    make: (roll) => damaged(file, roll, 3000),
    read: async (bytes) => vgg16Tensors(await readTensors(bytesSource(bytes))),
    refuses: (error) => error instanceof UnusableFile,
  })
}

// ---- What others say of what is taken ----

test('what is still good for the service is good for others too', async () => {
  const count = amount({ sample: 2000, whole: 200_000 })
  const said = { 'PNGs taken': 0, 'refused by libvips': 0, 'GLBs taken': 0, 'refused by gltf-validator': 0 }
  const face = glbs(parts['face.glb'])
  for (let seed = 0; seed < count; seed++) {
    const roll = dice(seed)
    const png = withRightSums(damaged(parts['texture.png'], roll, 60))
    if (!(await attempt(() => decodePng('texture.png', png, textureRules))).error) {
      said['PNGs taken']++
      const decoded = await attempt(() => sharp(png, { failOn: 'warning' }).raw().toBuffer())
      if (decoded.error) said['refused by libvips']++
    }
    const glb = face(roll)
    if (!(await attempt(() => checkFaceGlb(glb, parts['texture.png']))).error) {
      said['GLBs taken']++
      const { issues } = await validator.validateBytes(glb)
      if (issues.numErrors > 0) said['refused by gltf-validator']++
    }
  }
  tell(8, said)
  expect(said['refused by libvips']).toBe(0)
  expect(said['PNGs taken'] + said['GLBs taken']).toBeGreaterThan(20)
})
