import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { random } from '../../client/image/random.ts'
import type { Checkpoint } from '../../client/refine/checkpoint.ts'
import { type Preset, presets } from '../../client/refine/schedule.ts'
import { refineSurviving } from '../../client/refine/surviving.ts'
import type { Refined } from '../../client/refine/types.ts'
import { nodeRuntime } from '../../client/runtime/node.ts'
import { DeviceLostError, type Runtime, type Value } from '../../client/runtime/runtime.ts'
import { chromiumPath } from '../chromium.ts'
import { smallProblem } from '../support/problem.ts'
import { saveData } from '../support/save-data.ts'
import { shortenRuns } from '../support/short-runs.ts'
import { tinyBackboneStore } from '../support/tiny-backbone.ts'
import { at, openFiner, openSample, refine } from '../support/walk.ts'
import { amount, tell } from './amounts.ts'

describe('a run whose devices are lost and whose place is closed, at any moment', () => {
  const preset: Preset = {
    ...presets.draft,
    backbone: 'vgg16',
    rounds: 2,
    scales: [
      { divisor: 2, steps: 3 },
      { divisor: 1, steps: 3 },
    ],
    samples: { content: 24, style: 32 },
  }
  const stepsOfRound = 6
  const store = tinyBackboneStore('vgg16', [2, 2, 3, 3, 4])
  const dice = random(20)

  let real: Runtime
  let whole: Refined
  let callsOfWhole = 0
  beforeAll(async () => {
    real = await nodeRuntime()
    const { refined } = await go([losing(Number.POSITIVE_INFINITY, () => callsOfWhole++)])
    whole = refined!
  })
  afterAll(() => real.dispose())

  /** The real runtime, whose device is lost at its n-th call, whatever that is. */
  function losing(n: number, called = () => {}): Runtime {
    let calls = 0
    const call = () => {
      called()
      if (++calls > n) throw new DeviceLostError('The graphics device was lost.')
    }
    const wrapped = new WeakMap<Value, Value>()
    const wrap = (value: Value): Value => {
      const outer: Value = {
        type: value.type,
        dims: value.dims,
        dispose: () => value.dispose(),
        async read() {
          call()
          return value.read()
        },
      }
      wrapped.set(outer, value)
      return outer
    }
    return {
      ...{ provider: real.provider, runsOn: real.runsOn, reason: real.reason, dispose: async () => {} },
      async upload(tensor) {
        call()
        return wrap(await real.upload(tensor))
      },
      async session(...given) {
        call()
        const session = await real.session(...given)
        return {
          inputNames: session.inputNames,
          outputNames: session.outputNames,
          release: () => session.release(),
          async run(feeds) {
            call()
            const own = Object.entries(feeds).map(([name, value]) => [
              name,
              wrapped.get(value as Value) ?? value,
            ])
            const outputs = await session.run(Object.fromEntries(own))
            return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, wrap(value)]))
          },
        }
      },
    }
  }

  /** @param end steps after which its place is closed: nothing is left but the checkpoints */
  async function go(devices: readonly Runtime[], from?: Checkpoint, end = Number.POSITIVE_INFINITY) {
    let steps = 0
    let since = 0
    let kept = from
    const options = { seed: 1, checkpointSeconds: 0, from: from && structuredClone(from) }
    const places = { store, runtime: async (losses: number) => devices[losses] }
    const run = refineSurviving(smallProblem(), preset, places, options)
    for (;;) {
      if (steps >= end) return { refined: null, steps, kept }
      const { done, value } = await run.next()
      if (done) return { refined: value, steps, kept }
      steps++
      // As where the time for a checkpoint has come.
      since++
      if (!value.checkpoint || (since < 3 && dice.next() < 0.6)) continue
      kept = structuredClone(value.checkpoint)
      since = 0
    }
  }

  test('ends as if nothing had been, and repeats at most a round for each', async () => {
    const kills = amount({ sample: 3, whole: 50 })
    let lost = 0
    let most = 0
    for (let killed = 0; killed < kills; ) {
      let from: Checkpoint | undefined
      let steps = 0
      let kinds = 0
      for (;;) {
        const left = kills - killed
        const isDevice = dice.next() < 0.5
        if (left === 0 || kinds === 3) {
          const last = await go([losing(Number.POSITIVE_INFINITY)], from)
          steps += last.steps
          const isSame = last.refined!.texture.every((value, k) => value === whole.texture[k])
          if (!isSame || last.refined!.steps.length !== whole.steps.length) lost++
          break
        }
        killed++
        kinds++
        const devices = isDevice
          ? [losing(dice.integer(callsOfWhole)), losing(Number.POSITIVE_INFINITY)]
          : [losing(Number.POSITIVE_INFINITY)]
        const end = dice.integer(2 * stepsOfRound)
        const part = await go(devices, from, isDevice ? Number.POSITIVE_INFINITY : end)
        steps += part.steps
        from = part.kept
        if (part.refined) {
          if (!part.refined.texture.every((value, k) => value === whole.texture[k])) lost++
          break
        }
      }
      most = Math.max(most, (steps - 2 * stepsOfRound) / kinds)
    }
    expect(lost).toBe(0)
    expect(most).toBeLessThanOrEqual(stepsOfRound)
    tell(2, {
      'random kills (device, place)': kills,
      'runs lost or different': lost,
      [`steps repeated for each, at most, of ${stepsOfRound} of a round`]: Math.round(most),
    })
  })
})

describe('in the page', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
    browser = await chromium.launch({ executablePath: chromiumPath(), args })
    context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
    await shortenRuns(context, [3, 4], 0)
    await saveData(context)
    page = await context.newPage()
    await page.goto(inject('url'))
  })
  afterAll(() => browser?.close())

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const offer = () => page.getByRole('region', { name: 'Go on where it stopped?' })
  const worker = () => page.workers().find((each) => each.url().includes('refine.worker'))!

  /** Of the texture that is shown. */
  async function textureHash(): Promise<string> {
    await button('Download').click()
    const record = page.locator('dialog').getByRole('button', { name: /^How it was made/ })
    const [download] = await Promise.all([page.waitForEvent('download'), record.click()])
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    const { optimised, texture } = JSON.parse(readFileSync(await download.path(), 'utf8'))
    expect(optimised).toBe(true)
    return texture.sha256
  }

  async function begin() {
    await openFiner(page)
    await page.locator('.texture-size select').selectOption('256')
    await refine(page)
  }

  /** Each leaves the page, or another in its place, where it offers to go on. */
  const kills: Record<string, () => Promise<unknown>> = {
    'worker ends': () =>
      worker()
        .evaluate(() => self.close())
        .catch(() => {}),
    'tab crashes': async () => {
      const session = await context.newCDPSession(page)
      const crashed = page.waitForEvent('crash')
      session.send('Page.crash').catch(() => {})
      await crashed
      await page.close()
      page = await context.newPage()
      await page.goto(inject('url'))
    },
    'worker throws': () =>
      worker().evaluate(() => {
        setTimeout(() => {
          throw new Error('out of memory')
        })
      }),
    'page is loaded again': () => page.reload(),
  }

  test('a worker and a tab that die leave a run that goes on to the same texture', async () => {
    await openSample(page)
    await begin()
    await at(page, 'result')
    const whole = await textureHash()
    const dice = random(7)
    const count = amount({ sample: 1, whole: 16 })
    for (let i = 0; i < count; i++) {
      const [name, kill] = Object.entries(kills)[i % Object.keys(kills).length]
      await begin()
      // The first ones once there is a checkpoint, the others at any moment.
      if (i < 2) await page.locator('main.refining .bar[value]').waitFor()
      else await page.waitForTimeout(dice.integer(6000))
      if ((await page.locator('main.refining').count()) === 0) continue
      await kill()
      await offer().waitFor({ timeout: 60_000 })
      await button('Go on').click()
      await at(page, 'refining')
      await at(page, 'result')
      expect(await textureHash(), name).toBe(whole)
    }
    tell(2, { 'kills of real workers and tabs': count })
  }, 600_000)
})
