import { execFile, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeIO } from '@gltf-transform/core'
import { EXTTextureWebP, KHRMaterialsUnlit } from '@gltf-transform/extensions'
import validator from 'gltf-validator'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Options, parseOptions } from '../../../client/cli/options.ts'
import { refinePhoto } from '../../../client/cli/refine-photo.ts'
import { faceGlb } from '../../../client/result/glb.ts'
import { texturePng } from '../../../client/result/png.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { ModelError } from '../../../client/runtime/models.ts'
import { distFolder } from '../../../models/paths.ts'
import { runRecord } from '../../../worker/contract/record.ts'
import { dome, gradientTexture } from '../result/synthetic.ts'

// Whole runs on a machine that may be busy with the rest of the suite.
vi.setConfig({ testTimeout: 300_000 })

const astronaut = 'client/app/sample/astronaut.png'
const folder = mkdtempSync(join(tmpdir(), 'cli-'))
const out = join(folder, 'out')
afterAll(() => rmSync(folder, { recursive: true }))
const silent = { say() {}, advance() {}, end() {} }
const file = (name: string) => join(folder, name)

/** Runs the real command. */
function refine(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, INIT_CWD: process.cwd() }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['client/cli.ts', ...argv],
      { env, encoding: 'utf8' },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

/** Starts the real command and interrupts it once its optimisation is about to start. */
function refineUntilCaptured(...argv: string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, INIT_CWD: process.cwd() }
  const child = spawn(process.execPath, ['client/cli.ts', ...argv, '--preset', 'draft', '--out', out], {
    env,
  })
  let said = ''
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text
        if (said.includes('Captured in')) child.kill('SIGINT')
      })
    child.on('exit', (code) => resolve({ code, said }))
  })
}

const store = diskStore()

/** What the command says until its optimisation would start: in this process, which has loaded the networks once. */
async function capture(...argv: string[]): Promise<{ said: string }> {
  const enough = new Error('captured')
  let said = ''
  const say = (line: string) => {
    said += `${line}\n`
    if (line.startsWith('Captured in')) throw enough
  }
  const options = parseOptions([...argv, '--preset', 'draft', '--out', out]) as Options
  await expect(refinePhoto(options, store, { ...silent, say })).rejects.toBe(enough)
  return { said }
}

let sample: ReturnType<typeof capture> | undefined
function captureSample() {
  sample ??= capture(astronaut)
  return sample
}

/** One sentence, no stack, nothing left behind. */
async function expectRefusal(argv: string[], code: number, sentence: RegExp) {
  const before = readdirSync(folder)
  const result = await refine(...argv)
  expect(result.stderr).toMatch(sentence)
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(result.code).toBe(code)
  expect(readdirSync(folder)).toEqual(before)
}

describe('the command line', () => {
  it('helps', async () => {
    const { code, stdout } = await refine('--help')
    expect(code).toBe(0)
    for (const word of [
      '--preset',
      '--mask',
      '--cover',
      '--hair',
      '--texture-size',
      '"matrix"',
      '"fovY"',
      'vt',
    ])
      expect(stdout).toContain(word)
  })

  it('ends with code 2 on a wrong argument', () =>
    expectRefusal(
      ['a.jpg', '--out', out, '--preset', 'best'],
      2,
      /^Unknown preset "best"; choose standard, instant, draft, paper\./,
    ))

  it('refuses a folder that cannot be written to, before anything else', async () => {
    writeFileSync(file('file'), '')
    await expectRefusal(
      ['nowhere.png', '--out', file('file')],
      1,
      /file can't be written to \(it is a file\)/,
    )
    rmSync(file('file'))
  })

  it('refuses the published preset without its weights before it reads the photo', async () => {
    const store = { ...diskStore(), manifest: async () => ({ models: [] }) }
    const options = parseOptions(['nowhere.png', '--out', out, '--preset', 'paper']) as Options
    await expect(refinePhoto(options, store, silent)).rejects.toThrow('npm run models -- add vgg16')
  })

  it('refuses a missing photo', () =>
    expectRefusal(['nowhere.png', '--out', out], 1, /nowhere\.png can't be read \(there is no such file/))

  it('refuses what is no image', () =>
    expectRefusal(['package.json', '--out', out], 1, /^package\.json is not an image this program reads/))

  it('refuses a truncated image', async () => {
    const whole = readFileSync(astronaut)
    writeFileSync(file('cut.png'), whole.subarray(0, whole.length / 2))
    await expectRefusal([file('cut.png'), '--out', out], 1, /^cut\.png is damaged or cut off/)
  })
})

describe('faces', () => {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" fill="none" stroke="black" stroke-width="6">
    <rect width="600" height="600" fill="white"/><circle cx="300" cy="300" r="200"/><circle cx="230" cy="250" r="18"/>
    <circle cx="370" cy="250" r="18"/><path d="M220 380 Q300 440 380 380 M300 290 L285 340 L310 340"/></svg>`

  beforeAll(async () => {
    const background = { r: 90, g: 110, b: 130 }
    const empty = sharp({ create: { width: 640, height: 480, channels: 3, background } })
    await empty.clone().png().toFile(file('empty.png'))
    await sharp(Buffer.from(drawing)).png().toFile(file('drawing.png'))
    const face = (width: number) =>
      sharp(astronaut).extract({ left: 100, top: 0, width: 260, height: 260 }).resize(width)
    const small = await face(80).toBuffer()
    await empty
      .clone()
      .composite([{ input: small, left: 300, top: 200 }])
      .png()
      .toFile(file('small.png'))
    const two = [
      { input: await face(230).toBuffer(), left: 20, top: 100 },
      { input: await face(330).toBuffer(), left: 290, top: 60 },
    ]
    await empty.clone().composite(two).png().toFile(file('two.png'))
    await sharp(astronaut).greyscale().toColourspace('b-w').png().toFile(file('grey.png'))
  })

  it.each([
    ['empty.png', /face/i],
    ['drawing.png', /face/i],
    ['small.png', /64/],
  ])('refuses %s', (name, sentence) => expectRefusal([file(name), '--out', out], 1, sentence))

  it('says which of two faces it takes, and what the others are', async () => {
    const largest = await capture(file('two.png'))
    expect(largest.said).toMatch(
      /2 faces were found; taking face 1 \(\d+ px wide at [345]\d\d, \d+\), the largest/,
    )
    const other = await capture(file('two.png'), '--face', '2')
    expect(other.said).toMatch(/taking face 2 \(\d+ px wide at 1?\d?\d, \d+\)\. Others with --face: face 1/)
    const third = /The photo shows 2 faces, so there is no face 3: choose one of face 1 .*; face 2/
    await expectRefusal([file('two.png'), '--out', out, '--face', '3'], 1, third)
  })

  it('takes a grey-scale photo, and leaves nothing behind when interrupted', async () => {
    const before = readdirSync(folder)
    const { code, said } = await refineUntilCaptured(file('grey.png'))
    expect(said).toContain('grey.png: 512 x 512 pixels.')
    expect(said).toContain('the photo shows')
    expect(code).toBe(130)
    expect(readdirSync(folder)).toEqual(before)
  })
})

describe('given files', () => {
  it('believes nothing of the photo under --mask', async () => {
    const rect = { left: 150, top: 60, width: 160, height: 60 }
    const white = {
      create: { width: rect.width, height: rect.height, channels: 3 as const, background: 'white' },
    }
    await sharp({ create: { width: 512, height: 512, channels: 3, background: 'black' } })
      .composite([{ input: await sharp(white).png().toBuffer(), left: rect.left, top: rect.top }])
      .png()
      .toFile(file('mask.png'))
    const shown = ({ said }: { said: string }) => Number(/the photo shows (\d+)%/.exec(said)?.[1])
    const whole = shown(await captureSample())
    const masked = shown(await capture(astronaut, '--mask', file('mask.png')))
    expect(masked).toBeLessThan(whole - 5)
  })

  it('says what covers the face, and leaves it out where that is asked for', async () => {
    // A microphone before the mouth.
    const over = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><circle cx="228" cy="168" r="26" fill="#1b1b1d"/></svg>`
    await sharp(astronaut)
      .composite([{ input: Buffer.from(over) }])
      .toFile(file('microphone.png'))
    const shown = ({ said }: { said: string }) => Number(/the photo shows (\d+)%/.exec(said)?.[1])
    const kept = await capture(file('microphone.png'))
    expect(kept.said).toContain(
      'Something covers the face: the mouth is not to be seen. It stays in the texture;',
    )
    const left = await capture(file('microphone.png'), '--uncover')
    expect(left.said).toContain('the mouth is not to be seen. It is left out and made anew.')
    expect(shown(left)).toBeLessThan(shown(kept) - 5)
    expect((await captureSample()).said).not.toContain('covers the face')
  })

  it('lays the photo on --mesh through --camera', async () => {
    writeFileSync(
      file('dome.glb'),
      await faceGlb({ mesh: dome(16), png: await texturePng(gradientTexture(8), 8) }),
    )
    // 20 cm of dome on 200 pixels of the astronaut's face.
    writeFileSync(
      file('camera.json'),
      JSON.stringify({ rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], scale: 1000, translation: [225, -110] }),
    )
    const given = ['--mesh', file('dome.glb'), '--camera', file('camera.json')]
    expect((await capture(astronaut, ...given)).said).toMatch(/the photo shows (9\d|100)% of the texture/)
  })

  it('says where --mesh lies outside the photo', async () => {
    writeFileSync(
      file('away.json'),
      JSON.stringify({ rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], scale: 1000, translation: [5000, 0] }),
    )
    const argv = [astronaut, '--out', out, '--mesh', file('dome.glb'), '--camera', file('away.json')]
    await expectRefusal(argv, 1, /sees none of the mesh in this photo/)
  })
})

describe('a whole run', () => {
  it('writes every file, and a summary as the last line', async () => {
    const { code, stdout, stderr } = await refine(
      ...[astronaut, '--preset', 'draft', '--texture', 'webp', '--texture-size', '512'],
      ...['--json', '--out', out],
    )
    expect(stderr).not.toContain('unexpectedly')
    expect(code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(
      [
        'content.png',
        'face.glb',
        'hair-texture.png',
        'head.glb',
        'head-texture.png',
        'head-texture-512.png',
        'photo.png',
        'record.json',
        'sampled.png',
        'texture.png',
        'texture-512.png',
        'weight.png',
      ].sort(),
    )
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    const summary = JSON.parse(lines[0])
    expect(summary).toMatchObject({ preset: 'draft', size: 256, seed: 0 })
    expect(summary.psnr).toBeGreaterThan(28)
    expect(summary.peakMemoryMB).toBeLessThan(1500)
    expect(summary.files.every((path: string) => existsSync(path))).toBe(true)
    const record = runRecord.parse(JSON.parse(readFileSync(join(out, 'record.json'), 'utf8')))
    expect(record.psnr).toBe(summary.psnr)
    expect(await sharp(join(out, 'texture.png')).metadata()).toMatchObject({
      width: 256,
      height: 256,
      channels: 3,
    })
    expect(record.texture.bytes).toBe(readFileSync(join(out, 'texture.png')).length)
    expect(await sharp(join(out, 'texture-512.png')).metadata()).toMatchObject({ width: 512, height: 512 })
    const glb = readFileSync(join(out, 'face.glb'))
    expect((await validator.validateBytes(glb)).issues.messages).toEqual([])
    expect(glb.toString('latin1')).toContain('"extensionsRequired":["EXT_texture_webp"]')
    for (const [name, side] of [
      ['head-texture.png', 256],
      ['head-texture-512.png', 512],
    ] as const)
      expect(await sharp(join(out, name)).metadata()).toMatchObject({ width: 2 * side, height: side })
    expect(record.head!.made!.texture.bytes).toBe(readFileSync(join(out, 'head-texture.png')).length)
    const head = readFileSync(join(out, 'head.glb'))
    expect(head.length).toBeLessThan(4e6)
    expect((await validator.validateBytes(head)).issues.messages).toEqual([])
    // One frame for both: the face's vertices are the head's first.
    const io = new NodeIO().registerExtensions([KHRMaterialsUnlit, EXTTextureWebP])
    const [faceAt, headAt] = await Promise.all(
      [glb, head].map(async (file) => {
        const [mesh] = (await io.readBinary(file)).getRoot().listMeshes()
        return mesh.listPrimitives()[0].getAttribute('POSITION')!.getArray()!
      }),
    )
    expect(headAt.slice(0, faceAt.length)).toEqual(faceAt)
    rmSync(out, { recursive: true })
  })

  it('refuses a model file that was altered on the way', async () => {
    const models = file('models')
    cpSync(distFolder, models, { recursive: true })
    const weights = join(models, 'facemesh', 'model.bin')
    const bytes = readFileSync(weights)
    bytes[1000] ^= 1
    writeFileSync(weights, bytes)
    const options = parseOptions([astronaut, '--out', out])
    expect(options).not.toBe('help')
    const run = refinePhoto(options as Options, diskStore(models), silent)
    await expect(run).rejects.toThrow(/facemesh\/model\.bin is not the file that the manifest describes/)
    await expect(run).rejects.toBeInstanceOf(ModelError)
  })
})
