import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { anglesOf } from '../../client/capture/locate/pose.ts'
import type { ExpressionName } from '../../client/head/expressions/names.ts'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { correlation } from '../support/correlation.ts'
import { headShown } from '../support/head-shown.ts'
import { filmOf, filmRate, type Logged, logged, logPuppet, type Take } from '../support/puppet-film.ts'
import { saveData } from '../support/save-data.ts'
import { openSample } from '../support/walk.ts'

// The webcam is a film of a head whose expressions and turns are known: what the puppet does is compared with them.

const folder = mkdtempSync(join(tmpdir(), 'facerefiner-puppet-'))
const film = join(folder, 'camera.mjpeg')
let browser: Browser
let page: Page
const sent: string[] = []
const complaints: string[] = []

/** Seconds at rest, in which the neutral is learned; then the acts, one after the other. */
const rest = 2.5
const acts = ['eyeBlink', 'jawOpen', 'mouthSmile', 'browInnerUp', 'yaw', 'pitch', 'roll'] as const
/** Seconds that each takes. */
const act = 1
const frames = Math.round((rest + acts.length * act) * filmRate)

/** From 0 to 1 and back in one act. */
function strength(name: (typeof acts)[number], frame: number): number {
  const into = (frame / filmRate - rest - acts.indexOf(name) * act) / act
  return into > 0 && into < 1 ? Math.sin(Math.PI * into) ** 2 : 0
}

const takes: Take[] = Array.from({ length: frames }, (_, frame) => {
  const of = (name: (typeof acts)[number]) => strength(name, frame)
  return {
    weights: {
      ...{ eyeBlinkLeft: of('eyeBlink'), eyeBlinkRight: of('eyeBlink'), jawOpen: of('jawOpen') },
      ...{ mouthSmileLeft: of('mouthSmile'), mouthSmileRight: of('mouthSmile') },
      browInnerUp: of('browInnerUp'),
    },
    angles: { yaw: 22 * of('yaw'), pitch: 12 * of('pitch'), roll: 12 * of('roll') },
  }
})

beforeAll(async () => {
  const args = [
    '--no-sandbox',
    '--enable-unsafe-swiftshader',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    permissions: ['camera'],
    viewport: { width: 560, height: 720 },
  })
  await saveData(context)
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(inject('url'))
  await openSample(page)
  await headShown(page)
  writeFileSync(film, await filmOf(page, takes))
}, 120_000)
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const button = (name: string) => page.getByRole('button', { name, exact: true })

describe('a webcam drives the head', () => {
  let log: Logged[]
  /** Frames by which the puppet is late. */
  let late: number

  test('by one click, after one still second', async () => {
    page.on('request', (request) => {
      if (request.postDataBuffer()) sent.push(`${request.method()} ${request.url()}`)
    })
    await button('Move it with your face').click()
    await page.getByText('It follows your face.').waitFor({ timeout: 60_000 })
    expect(await seriousFindings(page)).toEqual([])
    await page.evaluate(logPuppet, logged)
    const frame = () =>
      page.evaluate(() => (globalThis as unknown as { puppetLog: Logged[] }).puppetLog.at(-1)?.frame)
    // The film begins anew: its face at rest is learned again, and all that it acts is seen.
    await expect.poll(frame, { timeout: 30_000, interval: 20 }).toBeLessThan(4)
    await button('That is my resting face').click()
    await page.waitForTimeout((frames / filmRate) * 1000)
    const all = await page.evaluate(() => (globalThis as unknown as { puppetLog: Logged[] }).puppetLog)
    const learned = all.findIndex(({ time }) => time > all[0].time + 2000)
    log = all.slice(learned).filter(({ frame }) => frame > rest * filmRate - 5 && frame < frames)
    if (process.env.PUPPET_LOG) writeFileSync(process.env.PUPPET_LOG, JSON.stringify({ takes, log, all }))
    late = lateness(log)
    expect(log.length).toBeGreaterThan(15)
  })

  test.each([
    ['eyeBlinkLeft', 'eyeBlinkRight'],
    ['jawOpen'],
    ['mouthSmileLeft', 'mouthSmileRight'],
    ['browInnerUp'],
  ] as ExpressionName[][])('%s correlates with what was acted', (...names) => {
    for (const name of names) {
      const truth = log.map(({ frame }) => takeAt(frame - late).weights[name]!)
      expect(
        correlation(
          truth,
          log.map(({ weights }) => weights[name] ?? 0),
        ),
        name,
      ).toBeGreaterThan(0.9)
    }
  })

  test.each(['yaw', 'pitch', 'roll'] as const)('%s is within three degrees', (name) => {
    const errors = log.map(
      ({ frame, ...turn }) => anglesOfTurn(turn)[name] - mirroredAngle(frame - late, name),
    )
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(3)
  })

  test('and no frame leaves the page', () => {
    expect(sent).toEqual([])
    expect(complaints).toEqual([])
  })
})

const takeAt = (frame: number) => takes[Math.max(0, Math.min(frames - 1, Math.round(frame)))]

/** Of the puppet, which is a mirror image. */
function mirroredAngle(frame: number, name: 'yaw' | 'pitch' | 'roll'): number {
  return takeAt(frame).angles[name] * (name === 'pitch' ? 1 : -1)
}

/** Of both bones together. */
function anglesOfTurn({ neck, head }: Pick<Logged, 'neck' | 'head'>) {
  const [a, b] = [anglesOf(neck), anglesOf(head)]
  return { yaw: a.yaw + b.yaw, pitch: a.pitch + b.pitch, roll: a.roll + b.roll }
}

/** The number of frames by which the turns are best explained. */
function lateness(log: Logged[]): number {
  const error = (late: number) =>
    log.reduce((sum, { frame, ...turn }) => {
      const found = anglesOfTurn(turn)
      return sum + (found.yaw - mirroredAngle(frame - late, 'yaw')) ** 2
    }, 0)
  return [0, 1, 2, 3, 4, 5].toSorted((a, b) => error(a) - error(b))[0]
}
