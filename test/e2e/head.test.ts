import { readFileSync } from 'node:fs'
import { NodeIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import validator from 'gltf-validator'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { isDrawn } from '../support/drawn.ts'
import { headShown } from '../support/head-shown.ts'
import { saveData } from '../support/save-data.ts'
import { shortenRuns } from '../support/short-runs.ts'
import { openSample, refineToTheEnd } from '../support/walk.ts'
import { contentsOf, zippedFiles } from '../support/zipped-files.ts'

let browser: Browser
let context: BrowserContext
let page: Page
let link: string
const complaints: string[] = []

beforeAll(async () => {
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
  context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  await shortenRuns(context)
  await saveData(context)
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(inject('url'))
})
afterAll(() => browser?.close())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const menu = () => page.getByRole('button', { name: /^Hair/ })
const hair = (name: string) =>
  page.getByRole('group', { name: 'Hair' }).getByRole('radio', { name, exact: true })
async function choose(name: string) {
  await hair(name).check()
  await made()
}
/** The picture on the stage, once it stands. */
async function picture(): Promise<Buffer> {
  await page.waitForTimeout(1000)
  let before = Buffer.alloc(0)
  for (;;) {
    const now = await page.locator('face-viewer').screenshot()
    if (now.equals(before)) return now
    before = now
    // On a busy machine a drawing takes longer than a picture.
    await page.waitForTimeout(500)
  }
}
async function made() {
  await page.waitForTimeout(200)
  await page.locator('.panel .bar').waitFor({ state: 'detached', timeout: 60_000 })
}
/** Mean difference of two pictures, 0..255. */
async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [one, two] = await Promise.all([a, b].map((png) => sharp(png).removeAlpha().raw().toBuffer()))
  return one.reduce((sum, value, i) => sum + Math.abs(value - two[i]), 0) / one.length
}
/** The file of a picture that its address holds. */
async function bytesOf(image: Locator): Promise<Buffer> {
  const [, base64] = (await image.getAttribute('src'))!.split(',')
  return Buffer.from(base64, 'base64')
}
async function save(name: RegExp): Promise<{ name: string; content: Buffer }> {
  const file = page.locator('dialog').getByRole('button', { name })
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), file.click()])
  await expect.poll(() => file.isEnabled()).toBe(true)
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

test('a photo becomes a whole head, which is looked at from behind', async () => {
  await openSample(page)
  await headShown(page)
  await refineToTheEnd(page)
  await headShown(page)
  expect(await page.getByRole('radio', { name: 'Head' }).isChecked()).toBe(true)
  expect(await menu().innerText()).toMatch(/^Hair\s+Automatic: /)
  expect(await menu().getAttribute('aria-expanded')).toBe('false')
  await expect.poll(() => isDrawn(page, 'face-viewer'), { timeout: 30_000 }).toBe(true)
  const front = await picture()
  await button('Back').click()
  const back = await picture()
  expect(await difference(front, back)).toBeGreaterThan(5)
  await expect.poll(() => button('Back').getAttribute('aria-pressed')).toBe('true')
  // All the way around.
  await page.locator('face-viewer').focus()
  for (let i = 0; i < 21; i++) await page.keyboard.press('ArrowRight')
  expect(await difference(front, await picture())).toBeLessThan(5)
  expect(await seriousFindings(page)).toEqual([])
})

test('the menu shows each hair on this very head, one after the other', async () => {
  await button('Front').click()
  const before = await picture()
  await menu().click()
  await page.locator('.hairs .look.coming').first().waitFor()
  await expect.poll(() => page.locator('.hairs img').count(), { timeout: 120_000 }).toBe(13)
  const looks = await Promise.all((await page.locator('.hairs img').all()).map(bytesOf))
  // The automatic one is one of the styles.
  expect(new Set(looks.map((look) => look.toString('base64'))).size).toBe(12)
  const [automatic, , none] = looks
  expect(await difference(automatic, none)).toBeGreaterThan(5)
  const { channels } = await sharp(none).stats()
  // The stage shines through around the head.
  expect(channels[3].mean).toBeGreaterThan(0.2 * 255)
  expect(channels[3].mean).toBeLessThan(0.7 * 255)
  expect(await seriousFindings(page)).toEqual([])
  // The large head is the one that it was.
  expect(await difference(before, await picture())).toBeLessThan(0.5)
})

test('other hair changes this very head, by keyboard too', async () => {
  const before = await picture()
  await choose('Long')
  const long = await picture()
  expect(await difference(before, long)).toBeGreaterThan(2)
  await hair('Automatic').focus()
  await page.keyboard.press('ArrowRight')
  await made()
  expect(await hair('Painted on').isChecked()).toBe(true)
  await page.keyboard.press('ArrowLeft')
  await made()
  expect(await difference(before, await picture())).toBeLessThan(0.5)
  await page.keyboard.press('Escape')
  // The page is drawn with the next frame.
  await page.getByRole('group', { name: 'Hair' }).waitFor({ state: 'detached' })
  await expect.poll(() => menu().evaluate((element) => element === document.activeElement)).toBe(true)
})

test('the shoulders can be done without', async () => {
  const shoulders = page.getByRole('switch', { name: 'Shoulders in plain cloth' })
  const before = await picture()
  await shoulders.uncheck()
  await made()
  expect(await difference(before, await picture())).toBeGreaterThan(5)
  await shoulders.focus()
  await page.keyboard.press('Space')
  await made()
  expect(await shoulders.isChecked()).toBe(true)
  expect(await difference(before, await picture())).toBeLessThan(0.5)
})

test('the face alone is one choice away, by keyboard, and so is the head', async () => {
  await page.getByRole('radio', { name: 'Head' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'Your 3D face' }).waitFor()
  expect(await page.getByRole('radio', { name: 'Face only' }).isChecked()).toBe(true)
  expect(await menu().count()).toBe(0)
  expect(await page.locator('.views').innerText()).toContain('Angled')
  await page.keyboard.press('ArrowLeft')
  await headShown(page)
})

test('hair that cannot be fetched leaves the head as it is, and one sentence', async () => {
  // A page that has fetched none but its own. Its photo comes back where it is kept.
  // The hair menu may lie over the box.
  const keepPhoto = page.getByLabel('Keep the photo with it')
  await keepPhoto.evaluate((box) => (box as HTMLInputElement).click())
  await page.waitForTimeout(2000)
  await page.reload()
  await page.locator('main.result').waitFor({ timeout: 30_000 })
  await headShown(page)
  const before = await picture()
  await page.evaluate(forgetAfro)
  await context.route('**/models/**', (route) => route.abort())
  await menu().click()
  const unfetched = page.locator('.hair-look', { hasText: 'Could not be fetched' })
  await expect.poll(() => unfetched.count(), { timeout: 120_000 }).toBe(1)
  await unfetched.getByRole('radio').check()
  await page.getByText('That hair could not be fetched').waitFor({ timeout: 60_000 })
  expect(await hair('Automatic').isChecked()).toBe(true)
  expect(await difference(before, await picture())).toBeLessThan(0.5)
  // What was there before needs no network.
  await choose('Long')
  expect(await page.getByText('That hair could not be fetched').count()).toBe(0)
  await context.unroute('**/models/**')
  await unfetched.getByRole('radio').check()
  await made()
  await page.locator('.hair-look:has-text("Afro") img').waitFor({ timeout: 120_000 })
  await choose('Automatic')
})

test('nobody gets the hair before: its files wait for the hair that was chosen', async () => {
  // Both at once: the hair is made within a second.
  const [ponytail, download] = [hair('Ponytail'), button('Download')]
  await ponytail.evaluate(
    (radio, button) => {
      for (const each of [radio, button]) (each as HTMLElement).click()
    },
    await download.elementHandle(),
  )
  const seen = await page.evaluate(dialogAtOnce)
  expect(seen.words).toContain('Making the hair …')
  expect(seen.enabled).not.toContain('3D head')
  expect(seen.enabled).toContain('3D face')
  const file = page.locator('dialog').getByRole('button', { name: /^3D head/ })
  await expect.poll(() => file.isEnabled(), { timeout: 30_000 }).toBe(true)
  const { content } = await save(/^How it was made/)
  expect(JSON.parse(content.toString()).head).toMatchObject({ hair: 'ponytail01', bust: true })
  await page.keyboard.press('Escape')
  await choose('Automatic')
})

/** Runs in the page: what its dialog says, and which files it offers, as soon as it is drawn. */
async function dialogAtOnce(): Promise<{ words: string; enabled: string[] }> {
  let dialog: HTMLDialogElement | null = null
  while (!dialog) {
    await new Promise(requestAnimationFrame)
    dialog = document.querySelector('dialog')
  }
  const enabled = [...dialog.querySelectorAll<HTMLElement>('.downloads button:enabled')]
  return { words: dialog.innerText, enabled: enabled.map((file) => file.innerText.split('\n')[0].trim()) }
}

test('its files are a head that lies where the face lies, and its texture', async () => {
  await button('Download').click()
  await page.locator('dialog[open] .downloads button').first().waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const [head, face, texture] = [
    await save(/^3D head/),
    await save(/^3D face/),
    await save(/^Texture of the head/),
  ]
  expect([head.name, face.name, texture.name]).toEqual(['head.glb', 'face.glb', 'head-texture.png'])
  expect(await sharp(texture.content).metadata()).toMatchObject({ width: 512, height: 256, channels: 3 })
  const { issues } = await validator.validateBytes(head.content)
  expect(issues.messages).toEqual([])
  const io = new NodeIO().registerExtensions([KHRMaterialsUnlit])
  const [whole, alone] = await Promise.all([head, face].map(({ content }) => io.readBinary(content)))
  expect(
    whole
      .getRoot()
      .listNodes()
      .map((node) => node.getName()),
  ).toEqual(['head', 'hair', 'teeth', 'Body', 'Neck', 'Head'])
  const [skin, lone] = [whole, alone].map((file) => file.getRoot().listMeshes()[0].listPrimitives()[0])
  const positions = (primitive: typeof skin) => [...primitive.getAttribute('POSITION')!.getArray()!]
  const ofFace = positions(lone)
  expect(positions(skin).slice(0, ofFace.length)).toEqual(ofFace)
  expect(Buffer.from(skin.getMaterial()!.getBaseColorTexture()!.getImage()!)).toEqual(texture.content)
  expect(whole.getRoot().listMaterials()[1].getAlphaMode()).toBe('MASK')
  await page.getByLabel('3D file').selectOption('usdz')
  const usdz = await save(/^3D head/)
  expect(usdz.name).toBe('head.usdz')
  expect(zippedFiles(usdz.content).map(({ path, start }) => [path, start % 64])).toEqual([
    ...[
      ['head.usda', 0],
      ['textures/head.png', 0],
      ['textures/hair.png', 0],
    ],
  ])
  await page.getByLabel('3D file').selectOption('obj')
  const zip = await save(/^3D head/)
  expect(zip.name).toBe('head-obj.zip')
  expect(Object.keys(contentsOf(zip.content))).toContain('hair-opacity.png')
  expect((await save(/^3D face/)).name).toBe('face-obj.zip')
  await page.getByLabel('3D file').selectOption('webp')
  await page.locator('dialog').getByLabel('Texture size').selectOption('512')
  expect((await save(/^3D head/)).name).toBe('head-512-webp.glb')
  await page.keyboard.press('Escape')
})

test('what to do with the file is told below it, by program, with code to copy', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByText('What now?').click()
  for (const name of ['Blender', 'Phone (AR)', 'three.js'])
    await page.getByText(name, { exact: true }).click()
  expect(await page.locator('what-now').innerText()).toContain('We did this with three.js')
  expect(await seriousFindings(page)).toEqual([])
  await page.locator('.program[open]').getByRole('button', { name: 'Copy' }).first().click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("loadAsync('head.glb')")
  // Unfolded it stays, while the page is drawn anew.
  await page.getByRole('radio', { name: 'Head' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByText("loadAsync('face.glb')").waitFor()
  await page.keyboard.press('ArrowLeft')
  await headShown(page)
  await page.getByText('What now?').click()
})

test('sharing shows the head to others: the one that was chosen', async () => {
  await hair('Bob').check()
  await button('Share').click()
  const files = page.locator('.offered li')
  await expect.poll(() => files.count(), { timeout: 30_000 }).toBe(6)
  expect((await files.allInnerTexts()).join('\n')).toContain('head.glb')
  await page.getByLabel('This is my face, or its owner agrees.').check()
  await button('Upload and get a link').click()
  await page.getByRole('img', { name: /^QR code of/ }).waitFor({ timeout: 60_000 })
  link = await page.getByLabel('Link', { exact: true }).inputValue()
  const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  await visitor.goto(link)
  await visitor.getByRole('button', { name: 'Turn it in 3D' }).click()
  await expect.poll(() => isDrawn(visitor, 'face-viewer'), { timeout: 30_000 }).toBe(true)
  // It moves there, too.
  await visitor.getByText('Expressions', { exact: true }).click()
  await visitor.getByLabel('Open mouth').waitFor()
  const download = visitor.getByRole('link', { name: /^Download 3D\shead/ })
  expect(await download.getAttribute('href')).toMatch(/head\.glb\?download$/)
  // From behind, where a face alone would be open.
  await visitor.locator('face-viewer').focus()
  for (let i = 0; i < 21; i++) await visitor.keyboard.press('ArrowRight')
  await visitor.waitForTimeout(1500)
  expect(await isDrawn(visitor, 'face-viewer')).toBe(true)
  const response = await visitor.request.get(new URL((await download.getAttribute('href'))!, link).href)
  const shared = await response.body()
  await visitor.context().close()
  await page.keyboard.press('Escape')
  await button('Download').click()
  await page.getByLabel('3D file').selectOption('png')
  await page.locator('dialog').getByLabel('Texture size').selectOption('256')
  const { content } = await save(/^3D head/)
  expect(content.equals(shared)).toBe(true)
})

test('the choice is kept with the face', async () => {
  await page.keyboard.press('Escape')
  await choose('None')
  await page.getByRole('switch', { name: 'Shoulders in plain cloth' }).uncheck()
  await made()
  await expect.poll(() => page.evaluate(kept)).toMatchObject({ hair: 'none', bust: false })
  await page.reload()
  await page.locator('main.result').waitFor({ timeout: 30_000 })
  await headShown(page)
  expect(await menu().innerText()).toMatch(/^Hair\s+None$/)
  expect(await page.getByRole('switch', { name: 'Shoulders in plain cloth' }).isChecked()).toBe(false)
  await page.getByRole('radio', { name: 'Face only' }).check({ force: true })
  await expect.poll(() => page.evaluate(kept)).toMatchObject({ cover: 'face' })
  await page.reload()
  await page.locator('main.result').waitFor({ timeout: 30_000 })
  expect(await page.getByRole('radio', { name: 'Face only' }).isChecked()).toBe(true)
  expect(complaints).toEqual([])
})

/** Runs in the page: what is shown of its face, and the head's choice, as they are kept. */
function kept(): Promise<{ cover: string; hair: string; bust: boolean }> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('facerefiner-shelf')
    opening.onsuccess = () => {
      const { result: database } = opening
      const all = database.transaction('shelf').objectStore('shelf').getAll()
      all.onsuccess = () => {
        database.close()
        const { cover, head } = all.result.find((record) => 'face' in record).face.result
        resolve({ cover, hair: head.choice, bust: head.bust })
      }
    }
  })
}

/** Runs in the page: throws away what it keeps of one style of hair. */
async function forgetAfro(): Promise<void> {
  const files = await caches.open('facerefiner-models')
  for (const { url } of await files.keys()) if (url.includes('afro01')) await files.delete(url)
}
