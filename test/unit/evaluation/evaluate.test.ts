import { execFile, spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { distFolder } from '../../../models/paths.ts'
import type { Mean } from '../../evaluation/report/means.ts'
import type { Report, Row } from '../../evaluation/types.ts'

// Whole runs on a machine that may be busy with the rest of the suite.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const root = mkdtempSync(join(tmpdir(), 'evaluate-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Summary {
  command: string
  date: string
  size: number
  photos: Report['photos']
  rows: Row[]
  means: Mean[]
  failures: { photo: string; view: string; message: string }[]
}

/** Runs the real command, called from the temporary folder. */
function evaluate(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, INIT_CWD: root }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['test/evaluation/evaluate.ts', ...argv],
      { env, encoding: 'utf8', maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

const report = (out: string, file: string) => join(root, out, 'report', file)
const summaryOf = (out: string): Summary => JSON.parse(readFileSync(report(out, 'summary.json'), 'utf8'))

function folder(name: string): string {
  mkdirSync(join(root, name))
  return join(root, name)
}

const astronaut = 'client/app/sample/astronaut.png'
const wall = (path: string) =>
  sharp({ create: { width: 320, height: 320, channels: 3, background: '#567' } })
    .png()
    .toFile(path)

const fields: (keyof Row)[] = [
  ...(['protocol', 'photo', 'subject', 'view', 'yaw', 'mesh', 'start', 'method', 'region'] as const),
  ...(['texels', 'psnr', 'ssim', 'lpips', 'identity', 'identityTurned', 'sharpness', 'seam'] as const),
  ...(['asymmetry', 'seconds', 'gflop'] as const),
]

/** What every row of a protocol with a truth has to hold. */
function expectScores(rows: Row[]) {
  for (const row of rows) {
    expect(Object.keys(row).sort()).toEqual([...fields].sort())
    expect(row).toMatchObject({ photo: 'astronaut', subject: 'astronaut', start: 'ours', lpips: null })
    expect(row).toMatchObject({ identityTurned: null, sharpness: null, seam: null, asymmetry: null })
    expect(row.texels).toBeGreaterThan(0)
    expect(row.psnr).toBeGreaterThan(8)
    expect(row.psnr).toBeLessThan(60)
    expect(row.ssim).toBeGreaterThan(0)
    expect(row.ssim).toBeLessThan(1)
    expect(row.identity).toBeGreaterThan(0.2)
    expect(row.identity).toBeLessThanOrEqual(1.0001)
    expect(row.seconds).toBeGreaterThanOrEqual(0)
    if (row.region === 'visible' && row.mesh === 'true') expect(row.psnr).toBeGreaterThan(30)
  }
}

/** The one row that has all of these. */
function only(rows: Row[], wanted: Partial<Row>): Row {
  const found = rows.filter((row) => Object.entries(wanted).every(([key, v]) => row[key as keyof Row] === v))
  expect(found, JSON.stringify(wanted)).toHaveLength(1)
  return found[0]
}

describe('the command line', () => {
  it('helps', async () => {
    const { code, stdout } = await evaluate('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('--mesh-errors E')
  })

  it('ends with code 2 on a wrong argument', async () => {
    const { code, stderr } = await evaluate('--protocol', 'yaws', '--photos', 'p', '--out', 'o')
    expect(stderr).toBe(
      '--protocol is "yaws"; choose yaw, occlusion, scan, folder, multi-pie, celeba, ffhq, head.\n',
    )
    expect(code).toBe(2)
  })

  it('ends with code 1 where there are no photos, and writes nothing', async () => {
    folder('empty')
    const { code, stderr } = await evaluate('--protocol', 'yaw', '--photos', 'empty', '--out', 'none')
    expect(stderr).toMatch(/empty holds no JPEG, PNG or WebP image \(it holds nothing\): give a folder/)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(1)
    expect(existsSync(join(root, 'none'))).toBe(false)
  })

  it('refuses folders that are missing or cannot be written to before it begins', async () => {
    const needed = ['--protocol', 'yaw', '--photos', 'empty']
    const external = await evaluate(...needed, '--external', 'Theirs=nowhere', '--out', 'none')
    expect(external.stderr).toMatch(/nowhere can't be read .*: give a folder that exists\.\n$/)
    writeFileSync(join(root, 'file'), '')
    const out = await evaluate(...needed, '--out', 'file')
    expect(out.stderr).toMatch(/file can't be written to \(it is a file\): choose another with --out\.\n$/)
    expect([external.code, out.code]).toEqual([1, 1])
  })
})

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))('evaluating (needs npm run models)', () => {
  beforeAll(async () => {
    copyFileSync(astronaut, join(folder('photos'), 'astronaut.png'))
    const mixed = folder('mixed')
    await wall(join(mixed, 'a-wall.png'))
    await wall(join(folder('walls'), 'a-wall.png'))
    copyFileSync(astronaut, join(mixed, 'astronaut.png'))
    // Somebody else, as far as names tell.
    await sharp(astronaut).flop().png().toFile(join(mixed, 'reflected.png'))
  })

  const common = ['--size', '64', '--limit', '1', '--json']

  it('scores turned views of a known face, by every mesh, down to the network', async () => {
    const { code, stdout, stderr } = await evaluate(
      ...['--protocol', 'yaw', '--photos', 'photos', '--angles', '35', '--mesh-errors', '2'],
      ...['--methods', 'initial,poisson-mirror,membrane-none,draft', '--out', 'yaw', ...common],
    )
    expect(stderr).not.toMatch(/warn|unexpected/i)
    expect(code).toBe(0)
    const { rows, means, failures, size, command, date, photos } = summaryOf('yaw')
    expect(photos).toEqual([{ protocol: 'yaw', done: 1, of: 1 }])
    expect(failures).toEqual([])
    expect(size).toBe(64)
    expect(command).toContain('npm run evaluate -- --protocol yaw --photos photos --angles 35')
    expect(Date.now() - Date.parse(date)).toBeLessThan(300_000)
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toEqual(means)
    expectScores(rows)

    const cases = new Set(rows.map(({ view, mesh }) => `${view} ${mesh}`))
    expect([...cases]).toEqual(['yaw 35 true', 'yaw 35 2% off', 'yaw 35 own', 'pitch 15 true'])
    const still = ['initial', 'poisson-mirror', 'membrane-none']
    for (const [view, yaw, mesh, methods] of [
      ['yaw 35', 35, 'true', [...still, 'draft']],
      ['yaw 35', 35, '2% off', still],
      ['yaw 35', 35, 'own', [...still, 'draft']],
      ['pitch 15', null, 'true', still],
    ] as const) {
      for (const method of methods)
        for (const region of ['whole', 'visible', 'invisible', 'frontal', 'turned'] as const)
          expect(only(rows, { view, mesh, method, region }).yaw).toBe(yaw)
    }
    // Of a frontal portrait next to nothing is unseen on both sides: too little to be scored in each view.
    expect(rows.filter(({ region }) => region !== 'unseen')).toHaveLength(5 * (4 + 3 + 4 + 3))

    const psnrOf = (mesh: Row['mesh'], method: string, region: Row['region']) =>
      only(rows, { view: 'yaw 35', mesh, method, region }).psnr!
    // Seen is better known than hidden, and the more of it is off, the worse.
    for (const method of still) {
      expect(psnrOf('true', method, 'visible')).toBeGreaterThan(psnrOf('true', method, 'invisible') + 5)
      expect(psnrOf('true', method, 'visible')).toBeGreaterThan(psnrOf('2% off', method, 'visible') + 1)
      expect(psnrOf('true', method, 'visible')).toBeGreaterThan(psnrOf('own', method, 'visible') + 1)
    }
    // A viewer sees what is off and what is hidden, too.
    for (const method of still) {
      for (const view of ['frontal', 'turned'] as const) {
        expect(psnrOf('true', method, view)).toBeGreaterThan(psnrOf('2% off', method, view))
        expect(psnrOf('true', method, view)).toBeGreaterThan(psnrOf('own', method, view))
      }
      expect(psnrOf('true', method, 'frontal')).toBeGreaterThan(psnrOf('true', method, 'turned') + 1)
    }
    // What the mirror image shows isn't the membrane's to change.
    expect(psnrOf('true', 'membrane-none', 'visible')).toBe(psnrOf('true', 'initial', 'visible'))
    for (const mesh of ['true', 'own'] as const) {
      expect(psnrOf(mesh, 'draft', 'visible')).toBeGreaterThan(psnrOf(mesh, 'initial', 'visible') - 0.2)
      expect(psnrOf(mesh, 'draft', 'whole')).toBeGreaterThan(psnrOf(mesh, 'initial', 'whole') - 0.5)
      const { seconds, gflop } = only(rows, { view: 'yaw 35', mesh, method: 'draft', region: 'whole' })
      expect(seconds).toBeGreaterThan(0.1)
      expect(gflop).toBeGreaterThan(10)
      expect(only(rows, { view: 'yaw 35', mesh, method: 'initial', region: 'whole' }).gflop).toBe(0)
    }
    // One truth for all meshes: the same texels.
    const texels = (mesh: Row['mesh']) =>
      only(rows, { view: 'yaw 35', mesh, method: 'initial', region: 'invisible' }).texels
    expect([texels('2% off'), texels('own')]).toEqual([texels('true'), texels('true')])

    const mean = means.find(
      (one) => one.mesh === 'true' && one.method === 'initial' && one.region === 'visible',
    )
    // The network was not run on the view from below, so that no mean counts it.
    expect(mean).toMatchObject({ protocol: 'yaw', start: 'ours', subjects: 1, cases: 1 })
    expect(mean!.psnr).toBeCloseTo(psnrOf('true', 'initial', 'visible'), 3)

    expect(readFileSync(report('yaw', 'summary.md'), 'utf8')).toContain('| draft |')
    const page = readFileSync(report('yaw', 'index.html'), 'utf8')
    for (const word of ['poisson-mirror', 'membrane-none', 'data:image/webp;base64,', '</html>'])
      expect(page).toContain(word)
    expect(readdirSync(report('yaw', 'sheets')).sort()).toEqual([
      ...['yaw-astronaut-yaw-35-mesh-2-off.webp', 'yaw-astronaut-yaw-35-own-capture.webp'],
      'yaw-astronaut-yaw-35.webp',
    ])
    // One row for what was given and one a method, four pictures each.
    const { width, height } = await sharp(report('yaw', 'sheets/yaw-astronaut-yaw-35.webp')).metadata()
    expect(width).toBeGreaterThanOrEqual(4 * 64)
    expect(height).toBeGreaterThanOrEqual(5 * 64)
  })

  it('scores what occluders hide on both sides', async () => {
    const { code } = await evaluate(
      ...['--protocol', 'occlusion', '--photos', 'photos', '--out', 'occlusion', ...common],
      ...['--methods', 'initial,poisson-mirror,membrane-none'],
    )
    expect(code).toBe(0)
    const { rows, failures } = summaryOf('occlusion')
    expect(failures).toEqual([])
    expectScores(rows)
    const views = [...new Set(rows.map(({ view }) => view))]
    expect(views.map((view) => view.split(',')[0])).toEqual([
      ...['glasses', 'sunglasses', 'fringe', 'hand', 'microphone', 'border'],
    ])
    // Alternately to both sides.
    const yaws = views.map((view) => only(rows, { view, method: 'initial', region: 'whole' }).yaw!)
    for (const [i, yaw] of yaws.entries()) expect(yaw).toBe(i % 2 ? -yaws[0] : yaws[0])
    expect(Math.abs(yaws[0])).toBe(15)
    for (const view of views) {
      const unseen = only(rows, { view, method: 'initial', region: 'unseen' })
      expect(unseen.texels).toBeGreaterThan(100)
      const whole = only(rows, { view, method: 'initial', region: 'whole' })
      expect(unseen.texels).toBeLessThan(0.6 * whole.texels)
      expect(unseen.psnr).toBeLessThan(whole.psnr!)
    }
    const texels = (name: string) =>
      only(rows, { view: views.find((view) => view.startsWith(name)), method: 'initial', region: 'unseen' })
        .texels
    expect(texels('glasses')).toBeLessThan(texels('sunglasses'))
  })

  it('leaves a report of what it had done when it is interrupted', async () => {
    const many = folder('many')
    for (const name of ['a', 'b', 'c', 'd']) copyFileSync(astronaut, join(many, `${name}.png`))
    const argv = ['--protocol', 'folder', '--photos', many, '--out', join(root, 'many-out'), '--size', '64']
    const run = spawn(
      process.execPath,
      ['test/evaluation/evaluate.ts', ...argv, '--methods', 'initial', '--no-generator'],
      { stdio: 'ignore' },
    )
    const ended = new Promise((resolve) => run.on('exit', (_, signal) => resolve(signal)))
    while (run.exitCode === null && !existsSync(report('many-out', 'index.html'))) await setTimeout(20)
    run.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const { photos, rows, means } = summaryOf('many-out')
    const [{ done }] = photos
    expect(done).toBeGreaterThan(0)
    expect(photos).toEqual([{ protocol: 'folder', done, of: 4 }])
    expect(rows.map(({ photo }) => photo)).toEqual(['a', 'b', 'c', 'd'].slice(0, done))
    expect(means).toHaveLength(1)
    const page = readFileSync(report('many-out', 'index.html'), 'utf8')
    expect(page).toMatch(/This run is unfinished: folder has [123] of 4 photos\./)
    expect(page).toContain('</html>')
    expect(readdirSync(report('many-out', 'sheets'))).toContain('folder-a-as-it-is-own-capture.webp')
  })

  it('measures a whole head, and draws it', async () => {
    const { code, stdout } = await evaluate(
      ...['--protocol', 'head', '--stages', 'portraits', '--photos', 'mixed', '--limit', '2'],
      ...['--size', '128', '--out', 'heads', '--json'],
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^1 rows, 1 failed: .*heads\.md\n/)
    const { portraits, means, failures } = JSON.parse(readFileSync(report('heads', 'heads.json'), 'utf8'))
    expect(failures).toEqual([{ photo: 'a-wall', view: '', message: expect.stringMatching(/^No face/) }])
    const [{ photo, half, decision, outlines, rim }] = portraits
    expect({ photo, half }).toEqual({ photo: 'astronaut', half: 'tuning' })
    expect(decision).toMatchObject({ styleClass: 'short', cover: 'head', doubts: [] })
    // Hair makes the outline more like the photo's, and more so as it is fitted.
    expect(outlines.bare).toBeLessThan(outlines.style)
    expect(outlines.style).toBeLessThan(outlines.made)
    // Texels of a third of a centimetre: steps are larger than they are at usual sizes.
    for (const step of [rim.colour, rim.gradient]) {
      expect(step).toBeGreaterThan(0.2)
      expect(step).toBeLessThan(3)
    }
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toEqual(means)
    expect(readFileSync(report('heads', 'heads.md'), 'utf8')).toContain('| astronaut | tuning | short02 |')
    const { width, height } = await sharp(report('heads', 'heads-1.png')).metadata()
    // The photo and five views, under a line of words.
    expect([width, height]).toEqual([1200, 260])
  })

  it('ends with code 1 where every photo failed, the report written', async () => {
    const argv = ['--protocol', 'folder', '--photos', 'walls', '--methods', 'initial', '--out', 'walls-out']
    const { code, stdout } = await evaluate(...argv, ...common)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^0 rows, 1 failed: .*\n\[\]\n$/)
    expect(summaryOf('walls-out').failures).toHaveLength(1)
    expect(readFileSync(report('walls-out', 'index.html'), 'utf8')).toContain('No face was found')
  })

  it('goes on after a photo without a face, and starts from and scores what is given', async () => {
    copyFileSync(astronaut, join(folder('starts'), 'astronaut.png'))
    copyFileSync(astronaut, join(folder('textures'), 'astronaut.png'))
    folder('others')
    // The limit leaves out the third photo, which lends its face to the second.
    const { code, stdout, stderr } = await evaluate(
      ...['--protocol', 'folder', '--photos', 'mixed', '--out', 'mixed-out', '--size', '64', '--limit', '2'],
      ...['--methods', 'initial,blend,relit', '--content', 'starts', '--external', 'Theirs=textures'],
      ...['--external', 'Nobody=others'],
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^8 rows, 2 failed: .*index\.html\n$/)
    const { rows, failures } = summaryOf('mixed-out')
    const message = expect.stringMatching(/^No face was found/)
    expect(failures).toEqual([
      { photo: 'a-wall', view: '', message },
      {
        ...{ photo: 'astronaut', view: 'as it is' },
        message: expect.stringMatching(/^Nobody: .*others holds no texture for astronaut/),
      },
    ])
    expect(stderr).toContain(`folder a-wall : ${failures[0].message}`)
    expect(rows.map(({ start, method }) => `${method} from ${start}`)).toEqual([
      ...['initial from ours', 'initial from external', 'blend from external', 'relit from external'],
      ...['initial from generator-like', 'blend from generator-like', 'relit from generator-like'],
      'Theirs from none',
    ])
    for (const row of rows) {
      expect(row).toMatchObject({ photo: 'astronaut', view: 'as it is', mesh: 'own', region: 'whole' })
      expect(row).toMatchObject({ texels: 0, psnr: null, ssim: null, yaw: null })
    }
    // The content is the photo as if it were a texture: the face that comes of it is not this person.
    const { identity } = only(rows, { start: 'ours', method: 'initial' })
    expect(identity).toBeGreaterThan(only(rows, { method: 'Theirs' }).identity! + 0.1)
    expect(readFileSync(report('mixed-out', 'index.html'), 'utf8')).toContain('No face was found')
    expect(readdirSync(report('mixed-out', 'sheets'))).toHaveLength(1)
  })
})
