import { readFileSync } from 'node:fs'
import validator from 'gltf-validator'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { isDrawn } from '../support/drawn.ts'
import { headShown } from '../support/head-shown.ts'
import { saveData } from '../support/save-data.ts'
import { textureFormatIn } from '../support/texture-in.ts'
import { twoFaces } from '../support/two-faces.ts'
import { at, backToPhoto, makeButton, makeHead, openSample, refine } from '../support/walk.ts'
import { contentsOf } from '../support/zipped-files.ts'

const sample = readFileSync(new URL('../../client/app/sample/astronaut.png', import.meta.url))

let browser: Browser

beforeAll(async () => {
  // No WebGPU here: the page a visitor without a GPU gets.
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
})
afterAll(() => browser?.close())

interface Visit {
  page: Page
  /** Every request that carried a body, and every answer that failed. */
  sent: string[]
  /** Errors and refusals in the console, unforeseen exceptions. */
  complaints: string[]
}

async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  await saveData(context)
  const page = await context.newPage()
  const sent: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    if (request.method() !== 'GET' || request.postDataBuffer())
      sent.push(`${request.method()} ${request.url()}`)
  })
  page.on('websocket', (socket) => sent.push(`websocket ${socket.url()}`))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(inject('url'))
  return { page, sent, complaints }
}

const give = (page: Page, name: string, buffer: Buffer, mimeType = 'image/png') =>
  page.locator('.panel input[type=file]').setInputFiles({ name, mimeType, buffer })

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Paints over a part of the forehead and a cheek, so that there is something to refine. */
async function paint(page: Page) {
  await button(page, 'Brush').click()
  await page.waitForTimeout(500)
  const { x, y, width, height } = (await page.locator('photo-board').boundingBox())!
  await page.mouse.move(x + width * 0.44, y + height * 0.36)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.56, y + height * 0.36, { steps: 6 })
  await page.mouse.up()
}

/** Downloads what a button of the dialog offers. */
async function save(page: Page, name: RegExp): Promise<{ name: string; content: Buffer }> {
  const file = page.locator('dialog').getByRole('button', { name })
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), file.click()])
  await expect.poll(() => file.isEnabled()).toBe(true)
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

const underWay = (page: Page) =>
  page.locator('.progress-words').filter({ hasText: 'Making what' }).waitFor({ timeout: 120_000 })

describe('from a photo to the files', () => {
  let page: Page
  let sent: string[]
  let complaints: string[]
  beforeAll(async () => {
    const visited = await visit({ acceptDownloads: true, reducedMotion: 'no-preference' })
    page = visited.page
    sent = visited.sent
    complaints = visited.complaints
  })
  afterAll(() => page?.context().close())

  const words = () => page.locator('.progress-words').innerText()

  test('the sample is shown as a head at once; behind it is its photo with one face', async () => {
    await openSample(page)
    await headShown(page)
    expect(await page.locator('.panel [role=status]').allInnerTexts()).toContainEqual(
      expect.stringMatching(/of the face is straight from the photo|Good news/),
    )
    await backToPhoto(page)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Face found')
    expect(await page.locator('.found-words').innerText()).toMatch(/^One face, .+\d+% of the face visible\./)
  })

  test('refining can be paused, resumed and cancelled; the head, the photo and the painting are still there', async () => {
    await paint(page)
    await makeHead(page)
    await headShown(page)
    await refine(page)
    await underWay(page)
    // The head that is there goes on being shown.
    expect(await page.locator('face-viewer').getAttribute('aria-label')).toMatch(/^The head/)
    await button(page, 'Pause').click()
    // The step under way ends first, in its own time; then nothing moves.
    let paused = await words()
    const stands = async () => {
      const before = paused
      await page.waitForTimeout(3000)
      paused = await words()
      return paused === before
    }
    await expect.poll(stands, { timeout: 60_000 }).toBe(true)
    await button(page, 'Resume').click()
    await expect.poll(words, { timeout: 30_000 }).not.toBe(paused)
    await button(page, 'Cancel').click()
    await at(page, 'result')
    await headShown(page)
    await backToPhoto(page)
    expect(await page.locator('photo-board img').isVisible()).toBe(true)
    expect(await button(page, 'Undo').isEnabled()).toBe(true)
  })

  test('refined to the end, it becomes a PNG, a GLB and a record; the page answered all the while', async () => {
    await browser.startTracing(page, { categories: ['toplevel'] })
    await makeHead(page)
    await refine(page)
    await page.locator('main.result').waitFor({ timeout: 240_000 })
    const longest = longestTask(await browser.stopTracing())
    console.log(JSON.stringify({ longestMainThreadTaskMs: longest }))
    expect(longest.cpu).toBeLessThan(100)
    await headShown(page)

    const files: Record<string, Buffer> = {}
    await button(page, 'Download').click()
    await page.locator('dialog[open] .downloads button').first().waitFor()
    for (const file of await page.locator('.downloads button').all()) {
      const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
      files[download.suggestedFilename()] = readFileSync(await download.path())
      await expect.poll(() => file.isEnabled()).toBe(true)
    }
    expect(Object.keys(files).sort()).toEqual([
      ...['face.glb', 'head-texture.png', 'head.glb', 'record.json', 'texture.png'],
    ])
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Download')
    expect(await sharp(files['texture.png']).metadata()).toMatchObject({
      format: 'png',
      width: 256,
      height: 256,
    })
    expect(files['face.glb'].toString('latin1', 0, 4)).toBe('glTF')
    expect(files['face.glb'].readUInt32LE(8)).toBe(files['face.glb'].length)
    const record = JSON.parse(files['record.json'].toString())
    expect(record).toMatchObject({ preset: 'draft', size: 256, provider: 'wasm', optimised: true })
  })

  test('every file that is offered is what it says, in each format, at its own size and enlarged', async () => {
    await button(page, 'Download').click()
    const [sizes, formats] = [page.locator('dialog').getByLabel('Texture size'), page.getByLabel('3D file')]
    const offered = (choice: typeof sizes) =>
      choice.locator('option').evaluateAll((options) => (options as HTMLOptionElement[]).map((o) => o.value))
    expect(await offered(sizes)).toEqual(['256', '512', '1024', '2048'])
    const glbs = ['png', 'webp', 'ktx2']
    expect(await offered(formats)).toEqual([...glbs, 'usdz', 'obj'])
    for (const size of ['256', '512']) {
      await sizes.selectOption(size)
      for (const format of glbs) {
        await formats.selectOption(format)
        const name = format === 'png' ? (size === '256' ? '' : `-${size}`) : `-${size}-${format}`
        const glb = await save(page, /^3D face/)
        expect(glb.name).toBe(`face${name}.glb`)
        expect(await textureFormatIn(glb.content)).toEqual([format, Number(size)])
        expect((await validator.validateBytes(glb.content)).issues.numErrors).toBe(0)
      }
      for (const [format, ending, texture] of [
        ['usdz', '.usdz', 'textures/face.png'],
        ['obj', '-obj.zip', 'face.png'],
      ]) {
        await formats.selectOption(format)
        const file = await save(page, /^3D face/)
        expect(file.name).toBe(`face${size === '256' ? '' : `-${size}`}${ending}`)
        const picture = contentsOf(file.content)[texture]
        expect(await sharp(picture).metadata()).toMatchObject({ width: Number(size), height: Number(size) })
      }
    }
    for (const size of ['256', '512', '1024', '2048']) {
      await sizes.selectOption(size)
      const png = await save(page, /^Texture of the face/)
      expect(png.name).toBe(size === '256' ? 'texture.png' : `texture-${size}.png`)
      const { format, width, height } = await sharp(png.content).metadata()
      expect([format, width, height]).toEqual(['png', Number(size), Number(size)])
    }
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
  })

  test('the comparison and the views are drawn', async () => {
    for (const selector of ['face-viewer', '.views button:nth-child(2)']) {
      await expect.poll(() => isDrawn(page, selector), { timeout: 20_000 }).toBe(true)
    }
    await button(page, 'On the photo').click()
    await expect.poll(() => isDrawn(page, 'face-compare'), { timeout: 20_000 }).toBe(true)
    const slider = page.locator('face-compare').getByRole('slider')
    await slider.press('End')
    expect(await slider.inputValue()).toBe('100')
  })

  test('nothing was sent, and nothing complained', () => {
    expect(sent).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('what goes wrong is one sentence, and the page goes on', () => {
  let page: Page
  beforeAll(async () => {
    page = (await visit()).page
  })
  afterAll(() => page?.context().close())

  const alert = () => page.getByRole('alert').locator('p').innerText({ timeout: 60_000 })
  const oneSentence = /^[^.]*(\.(jpg|png|txt)[^.]*)?\.$/

  test('no image, before there is any photo', async () => {
    await give(page, 'letter.txt', Buffer.from('Dear Sir or Madam, this is a letter.'), 'text/plain')
    expect(await alert()).toBe(
      '“letter.txt” is not an image that can be read here: choose a JPEG, PNG or WebP photo.',
    )
    expect(await page.getByText('Use the sample').isVisible()).toBe(true)
  })

  test('a cut-off photo leaves the one before it in place', async () => {
    await give(page, 'astronaut.png', sample)
    await at(page, 'result')
    const jpeg = await sharp(sample).jpeg().toBuffer()
    const cut = jpeg.subarray(0, jpeg.length / 2).toString('base64')
    await page.evaluate(dropFiles, [cut, ['cut.jpg'], 'image/jpeg'] as const)
    await expect
      .poll(alert, { timeout: 20_000 })
      .toBe('“cut.jpg” is damaged or cut off: copy or download the original file again.')
    expect(await page.locator('main.result').count()).toBe(1)
    await backToPhoto(page)
    expect(await page.locator('photo-board img').getAttribute('alt')).toContain('astronaut.png')
    expect(await makeButton(page).isEnabled()).toBe(true)
  })

  test('a hundred megapixels', async () => {
    // The header claims them; a small file is enough to be refused by it.
    const huge = await sharp(sample).resize(64).png().toBuffer()
    huge.writeUInt32BE(12_500, 16)
    huge.writeUInt32BE(8_000, 20)
    await give(page, 'huge.png', huge)
    await expect.poll(alert, { timeout: 20_000 }).toContain('100 megapixels')
    expect(await makeButton(page).isEnabled()).toBe(true)
  })

  test('no face: the photo stays on the stage', async () => {
    const wall = await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 20 },
        background: '#888',
      },
    })
      .png()
      .toBuffer()
    await give(page, 'wall.png', wall)
    await expect.poll(alert, { timeout: 20_000 }).toMatch(/face/i)
    expect(await alert()).toMatch(oneSentence)
    // Its words and its photo may come with different frames.
    await expect.poll(() => page.locator('photo-board img').getAttribute('alt')).toContain('wall.png')
    expect(await page.locator('.panel input[type=file]').count()).toBe(1)
  })

  test('a tiny face', async () => {
    await give(page, 'small.png', await sharp(sample).resize(150).png().toBuffer())
    await expect.poll(alert, { timeout: 20_000 }).toMatch(/px|pixels/)
    expect(await page.locator('photo-board img').getAttribute('alt')).toContain('small.png')
  })

  test('two faces: the largest is chosen, the other can be', async () => {
    await give(page, 'two.png', await twoFaces(sample, 400))
    await at(page, 'result')
    await backToPhoto(page)
    expect(await page.locator('.found-words').innerText()).toMatch(/^Two faces\./)
    const faces = page.locator('photo-board button.face')
    expect(await faces.count()).toBe(2)
    expect(await faces.nth(0).getAttribute('aria-pressed')).toBe('true')
    await faces.nth(1).click()
    await expect.poll(() => faces.nth(1).getAttribute('aria-pressed')).toBe('true')
    await expect.poll(() => makeButton(page).isEnabled(), { timeout: 60_000 }).toBe(true)
    await makeHead(page)
    // Beside that of the first.
    expect(await page.locator('.runs button').count()).toBe(2)
    await backToPhoto(page)
  })

  test('a grey photo is taken, and said to be grey', async () => {
    await give(page, 'grey.jpg', await sharp(sample).greyscale().jpeg().toBuffer(), 'image/jpeg')
    await page.getByText('The photo is black and white, so the texture will be too.').waitFor()
    await at(page, 'result')
    expect(await page.getByText('so the texture will be too.').isVisible()).toBe(true)
    await backToPhoto(page)
    expect(await makeButton(page).isEnabled()).toBe(true)
  })

  test('several files: the first is taken, and that is said', async () => {
    const names = ['one.png', 'two.png', 'three.png']
    await page.evaluate(dropFiles, [sample.toString('base64'), names, 'image/png'] as const)
    const said = page.getByText('3 files were given: this is the first, “one.png”.')
    await said.waitFor()
    await at(page, 'result')
    expect(await said.isVisible()).toBe(true)
  })

  test('a model file altered on the way', async () => {
    const { page } = await visit({ serviceWorkers: 'block' })
    await page.context().route(/\/models\/[0-9a-f]{16}\//, async (route) => {
      const response = await route.fetch()
      const body = Buffer.from(await response.body())
      body[body.length >> 1] ^= 1
      await route.fulfill({ response, body })
    })
    await page.getByText('Use the sample').click()
    const sentence = await page.getByRole('alert').locator('p').innerText({ timeout: 60_000 })
    expect(sentence).toMatch(/altered|changed|sha256|expected/i)
    expect(await page.locator('photo-board img').isVisible()).toBe(true)
    // Other files may still be on their way.
    await page.context().unrouteAll({ behavior: 'wait' })
    await page.context().close()
  })
})

/**
 * The longest task of any page's main thread in a trace, milliseconds: by the clock, and in computing time, which does not
 * grow when other programs want the processor too.
 */
function longestTask(trace: Buffer): { wall: number; cpu: number } {
  interface Event {
    name: string
    ph: string
    pid: number
    tid: number
    dur?: number
    tdur?: number
    args: { name?: string }
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Event[] }
  const thread = ({ pid, tid }: Event) => `${pid} ${tid}`
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(thread),
  )
  const tasks = traceEvents.filter((event) => event.ph === 'X' && main.has(thread(event)))
  expect(tasks.length).toBeGreaterThan(100)
  const longest = (key: 'dur' | 'tdur') =>
    Math.round(tasks.reduce((most, task) => Math.max(most, task[key] ?? 0), 0) / 1000)
  return { wall: longest('dur'), cpu: longest('tdur') }
}

/** Runs in the page: drops the same picture under several names. */
function dropFiles([base64, names, type]: readonly [string, readonly string[], string]) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const dataTransfer = new DataTransfer()
  for (const name of names) dataTransfer.items.add(new File([bytes], name, { type }))
  document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
}
