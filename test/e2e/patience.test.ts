import { type Browser, chromium, type Locator, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { saveData } from '../support/save-data.ts'
import { type Shown, silences, watchProgress } from '../support/shown.ts'
import { slowLine } from '../support/slow-line.ts'
import { at, makeButton, openFiner, openSample, refine } from '../support/walk.ts'

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
})
afterAll(() => browser?.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('a first visit at 1.6 Mbit/s', () => {
  let shown: Shown[]
  beforeAll(async () => {
    const line = await slowLine(inject('url'), 200_000, 0.15)
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    await saveData(page)
    await page.goto(line.url, { waitUntil: 'networkidle' })
    const watched = await watchProgress(page)
    await openSample(page)
    await openFiner(page)
    await page
      .getByText(/about \d+ (seconds|minutes) here|a few seconds/)
      .first()
      .waitFor({ timeout: 120_000 })
    await refine(page)
    await page.getByText(/^Making what .+ left/).waitFor({ timeout: 120_000 })
    // Over the second scale's preparation.
    await page.getByText(/^Fine pass, /).waitFor({ timeout: 240_000, state: 'attached' })
    shown = await watched.shown()
    await page.close()
    await line.close()
  }, 600_000)

  test('two seconds never pass without anything that moves', () => {
    const longest = silences(shown).slice(0, 3)
    console.log(JSON.stringify(longest))
    // The third second is for a machine that does other work at the same time.
    expect(longest[0].seconds).toBeLessThan(3)
  })

  test('all that a head waits for is one total, and what a finer run adds is told with that run', () => {
    const totals = (isThen: (stage: string) => boolean) => {
      const downloading = shown.filter(({ stage, words }) => isThen(stage) && words.includes('Downloading'))
      return [...new Set(downloading.map(({ words }) => /of\s([\d.]+\s[kM]B)/.exec(words)![1]))]
    }
    const isBefore = (stage: string) => stage === 'photo' || stage === 'found'
    const [ofHead, ofFiner] = [totals(isBefore), totals((stage) => !isBefore(stage))]
    console.log(JSON.stringify({ ofHead, ofFiner }))
    const ofHair = ofHead.filter((total) => total.endsWith('kB'))
    // Hair comes when its style is known: for itself, or within the total where that is still under way.
    expect(ofHead.length - ofHair.length).toBeLessThanOrEqual(2)
    const [least, most] = [ofHead[0], ofHead.findLast((total) => total.endsWith('MB'))!].map(parseFloat)
    expect(most - least).toBeLessThan(0.5)
    expect(ofFiner.length).toBe(1)
    // WebAssembly and backbone, as they travel.
    expect(ofFiner[0]).toMatch(/^\d+\.\d\sMB$/)
    const barsOf = (total: string) =>
      shown
        .filter(({ stage, words }) => stage === 'found' && words.includes(`of\u00a0${total}`))
        .flatMap(({ bars }) => bars.filter((bar) => bar !== null))
    const bars = ofHead.map(barsOf)
    console.log(JSON.stringify(bars.map((each) => [each.length, each[0], each.at(-1)])))
    expect(bars[0].length).toBeGreaterThan(50)
    for (const each of bars) expect(each).toEqual([...each].sort((a, b) => a - b))
    expect(bars[0].at(-1)).toBeGreaterThan(0.9)
  })

  test('no time is told before this device’s own is known, and what is told never rises', () => {
    expect(shown.filter(({ words }) => /at most/.test(words))).toEqual([])
    const seconds = shown.flatMap(({ stage, words }) => {
      const told = (
        stage === 'refining' ? /about (\d+) (second|minute)/ : /Small texture, about (\d+) (second|minute)/
      ).exec(words)
      return told ? [Number(told[1]) * (told[2] === 'minute' ? 60 : 1)] : []
    })
    expect(seconds.length).toBeGreaterThan(10)
    expect(seconds).toEqual([...seconds].sort((a, b) => b - a))
  })
})

/** Clicks, and says how many frames were drawn before something changed that a person sees. */
async function framesUntilChange(
  page: Page,
  target: Locator,
  act = (it: Locator) => it.click(),
): Promise<number> {
  const changed = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener(
          'pointerup',
          () => {
            let frames = 0
            const count = () => {
              frames++
              requestAnimationFrame(count)
            }
            requestAnimationFrame(count)
            const observer = new MutationObserver(() => {
              observer.disconnect()
              resolve(frames)
            })
            observer.observe(document, {
              subtree: true,
              childList: true,
              attributes: true,
              characterData: true,
            })
          },
          { capture: true, once: true },
        )
      }),
  )
  await act(target)
  return changed
}

test('every button answers with the next frames, also where what it asks for takes long', async () => {
  const line = await slowLine(inject('url'), 200_000, 0.15)
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await saveData(context)
  const page = await context.newPage()
  await page.goto(line.url, { waitUntil: 'networkidle' })
  const frames: Record<string, number> = {}
  const press = async (name: string, target = button(page, name)) => {
    frames[name] = await framesUntilChange(page, target)
  }
  await press('Take a photo')
  await page.getByText('Use the sample').waitFor({ timeout: 20_000 }) // No camera here.
  await press('sample', page.locator('.sample'))
  await at(page, 'result')
  await press('finer', page.locator('.finer summary'))
  await press('Refine')
  await press('Pause')
  await press('Resume')
  await press('Cancel')
  await at(page, 'result')
  await press('back', page.locator('.back'))
  await press('Brush')
  await press('make', makeButton(page))
  await at(page, 'result')
  await press('gallery', page.getByRole('link', { name: 'Gallery' }))
  console.log(JSON.stringify(frames))
  expect(Object.entries(frames).filter(([, count]) => count > 2)).toEqual([])
  await context.close()
  await line.close()
})
