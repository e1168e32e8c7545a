import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { format } from '../../client/app/shelf/records.ts'
import { chromiumPath } from '../chromium.ts'
import { isDrawn } from '../support/drawn.ts'
import { headShown } from '../support/head-shown.ts'
import { saveData } from '../support/save-data.ts'

let browser: Browser
let context: BrowserContext
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
  context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  await saveData(context)
  page = await visit()
})
afterAll(() => browser?.close())

async function visit(): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(inject('url'))
  await page.locator('.sample').waitFor()
  return page
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const isAt = (stage: string) => page.locator(`main.${stage}`).waitFor({ timeout: 60_000 })
const shelf = (of = page) => of.getByRole('region', { name: 'My faces' })
const names = (of = page) =>
  shelf(of)
    .getByLabel('Name')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
const open = (name: string) => button(`Open ${name}`).click()
const tick = () => page.getByLabel('Keep the photo with it for 30 days')
/** The picture of the first card is drawn a moment after its result is shown. */
const pictures = (of = page) =>
  shelf(of)
    .locator('img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src.length))

async function flopped() {
  const other = await sharp(readFileSync('client/app/sample/astronaut.png')).flop().png().toBuffer()
  return { name: 'other.png', mimeType: 'image/png', buffer: other }
}

test('two faces are kept as they are finished, each with a small picture, and My faces leads to them', async () => {
  await page.locator('.sample').click()
  await isAt('result')
  await headShown(page)
  await page.getByText('The result is kept in “My faces”').waitFor()
  await button('Try another').click()
  await isAt('photo')
  expect(await names()).toEqual(['astronaut'])
  await page.locator('.panel input[type=file]').setInputFiles(await flopped())
  await isAt('result')
  await headShown(page)
  await tick().check()
  await button('My faces').click()
  await isAt('photo')
  expect(await names()).toEqual(['other', 'astronaut'])
  await expect.poll(async () => (await pictures()).length, { timeout: 30_000 }).toBe(2)
  // Base64 of at most 20 kB.
  for (const length of await pictures()) expect(length).toBeLessThan(27_000)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('My faces')
  expect(await shelf().innerText()).toMatch(/Two faces, [\d.]+\sMB\./)
})

test('Back leads from a result to its photo and to the first screen, Forward to the result; from a dialog to its result', async () => {
  await page.goForward()
  await isAt('found')
  await page.goForward()
  await isAt('result')
  await button('Download').click()
  await page.locator('dialog[open]').waitFor()
  await page.goBack()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await isAt('result')
  await page.goBack()
  await isAt('found')
  await page.goBack()
  await isAt('photo')
})

test('a face that was kept without its photo can be shown, and says what needs the photo', async () => {
  await open('astronaut')
  await isAt('result')
  await expect.poll(() => isDrawn(page, 'face-viewer'), { timeout: 30_000 }).toBe(true)
  await page.getByText('Its photo was not kept').waitFor()
  expect(await button('On the photo').count()).toBe(0)
  expect(await page.getByLabel('Shoulders in plain cloth').count()).toBe(0)
  await button('Download').click()
  const first = page.locator('dialog[open] .downloads button').first()
  const [download] = await Promise.all([page.waitForEvent('download'), first.click()])
  expect(download.suggestedFilename()).toBe('head.glb')
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
})

test('reloaded, and come back to from the gallery, it is the same face that is shown', async () => {
  await expect.poll(() => page.evaluate(() => history.state.places.at(-1))).toBe('result')
  await page.reload()
  await isAt('result')
  await page.getByText('Its photo was not kept').waitFor()
  await page.getByRole('link', { name: 'Gallery' }).click()
  await page.waitForURL(/\/gallery/)
  await page.goBack()
  await isAt('result')
  await page.getByText('Its photo was not kept').waitFor()
  await page.goBack()
  await isAt('photo')
  await page.goForward()
  await isAt('result')
  await page.getByText('Its photo was not kept').waitFor()
})

test('what was shared is still shared when its face is opened again', async () => {
  await button('Share').click()
  expect(await page.getByLabel('Also the photo itself').count()).toBe(0)
  await page.getByLabel('This is my face, or its owner agrees.').check()
  await button('Upload and get a link').click()
  await page.getByRole('img', { name: /^QR code of/ }).waitFor({ timeout: 60_000 })
  const link = () => page.getByLabel('Link', { exact: true }).inputValue()
  const shared = await link()
  await page.reload()
  await isAt('result')
  await button('Share').click()
  await expect.poll(link).toBe(shared)
  await button('Delete it again').click()
  await page.getByText('Deleted: the link leads nowhere now.').waitFor()
  expect((await fetch(shared)).status).toBe(404)
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
})

test('with its photo a face can be changed in a later visit', async () => {
  await page.goto('about:blank')
  await page.goto(inject('url'))
  await open('other')
  await isAt('result')
  expect(await tick().isChecked()).toBe(true)
  await button('On the photo').click()
  await expect.poll(() => isDrawn(page, 'face-compare'), { timeout: 30_000 }).toBe(true)
  await page.getByLabel('Shoulders in plain cloth').uncheck()
  await button('My faces').click()
  await isAt('photo')
})

test('what is stored has the shape of this format: raise it where the shape changes', async () => {
  const shape = await page.evaluate(shapeOfShelf)
  expect([format, ...shape]).toEqual([
    3,
    'card.photo: bytes,until',
    'card: bytes,date,id,name,photo,thumbnail',
    'face.face.faces[]: height,quarterTurns,roll,score,width,x,y',
    'face.face.result.files: glb,png,record,sampled',
    'face.face.result.head.hair.mesh: normals,positions,triangles,uv',
    'face.face.result.head.hair.texture: data,size',
    'face.face.result.head.hair: colours,mesh,style,texture',
    'face.face.result.head.mesh: normals,positions,triangles,uv',
    'face.face.result.head: bust,choice,doubts,evidence,expression,hair,made,mesh,movement,png,record',
    'face.face.result.of.face: height,quarterTurns,roll,score,width,x,y',
    'face.face.result.of: face,strokes',
    'face.face.result.refined: backbone,coveredTexels,gflop,optimised,optimisedTexels,preset,provider,seconds,secondsPerScale,seed,settings,size,steps,summary',
    'face.face.result.runsOn: on',
    'face.face.result.seen.camera: matrix',
    'face.face.result.seen.crop: left,size,step,top',
    'face.face.result.seen.flaws: blurred,dark',
    'face.face.result.seen.mesh: normals,positions,triangles,uv',
    'face.face.result.seen.quality: faceLogit,interOcular,mirrored,none,own,pitch,roll,yaw',
    'face.face.result.seen: camera,cover,crop,evidence,flaws,landmarks,mesh,quality',
    'face.face.result: cover,files,head,of,refined,runsOn,seconds,seen',
    'face.face: faces,preset,result,seed,size',
    'face: face,format',
    'photo: file,height,name,original,source,turns,width',
  ])
})

test('a face gets another name; Escape leaves the one that it has', async () => {
  const name = shelf().getByLabel('Name').last()
  await name.fill('Eileen')
  await name.press('Enter')
  await button('Open Eileen').waitFor()
  await page.keyboard.press('Control+z')
  await button('Open astronaut').waitFor()
  await page.keyboard.press('Control+y')
  await button('Open Eileen').waitFor()
  await name.fill('Nobody')
  await name.press('Escape')
  expect(await names()).toEqual(['other', 'Eileen'])
})

test('it is duplicated, deleted, and put back', async () => {
  await button('Duplicate Eileen').click()
  await expect.poll(() => names()).toEqual(['Eileen, copy', 'other', 'Eileen'])
  await button('Delete Eileen').click()
  await expect.poll(() => names()).toEqual(['Eileen, copy', 'other'])
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Undo')
  await page.keyboard.press('Enter')
  await expect.poll(() => names()).toEqual(['Eileen, copy', 'other', 'Eileen'])
  await open('Eileen')
  await isAt('result')
  await button('My faces').click()
})

test('a second tab shows what this one changes, and neither writes over the other', async () => {
  const second = await visit()
  await expect.poll(() => names(second), { timeout: 10_000 }).toEqual(['Eileen, copy', 'other', 'Eileen'])
  const name = shelf(second).getByLabel('Name').first()
  // What is typed is not taken away by what comes from the other tab.
  await name.fill('Copy')
  await button('Delete other').click()
  await expect.poll(() => shelf(second).getByLabel('Name').count(), { timeout: 10_000 }).toBe(2)
  expect(await name.inputValue()).toBe('Copy')
  await name.press('Enter')
  for (const each of [page, second])
    await expect.poll(() => names(each), { timeout: 10_000 }).toEqual(['Copy', 'Eileen'])
  await second.close()
})

test('one button removes everything, after it was asked', async () => {
  await button('Remove everything').click()
  await button('No').click()
  expect(await names()).toEqual(['Copy', 'Eileen'])
  await button('Remove everything').click()
  await button('Yes, remove').click()
  await shelf().waitFor({ state: 'detached' })
  expect(await page.evaluate(shapeOfShelf)).toEqual([])
  await page.reload()
  await page.locator('.sample').waitFor()
  expect(await shelf().count()).toBe(0)
  expect(complaints).toEqual([])
})

/** Runs in the page: the keys of each object on the shelf, largest structures aside. */
function shapeOfShelf(): Promise<string[]> {
  const shape = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    const skip = ['.movement', '.steps', '.secondsPerScale', '.settings', '.strokes', '.shared']
    if (!value || typeof value !== 'object' || ArrayBuffer.isView(value) || value instanceof Blob) return
    if (skip.some((end) => path.endsWith(end))) return
    if (Array.isArray(value)) return walk(value[0], `${path}[]`)
    shape.set(path, Object.keys(value).sort().join(','))
    for (const [key, each] of Object.entries(value)) walk(each, `${path}.${key}`)
  }
  return new Promise((resolve) => {
    const opening = indexedDB.open('facerefiner-shelf')
    opening.onsuccess = () => {
      const { result: database } = opening
      const records = database.transaction('shelf').objectStore('shelf')
      const cursor = records.openCursor()
      cursor.onsuccess = () => {
        const at = cursor.result
        if (at) {
          walk(at.value, (at.key as string[])[0])
          at.continue()
        } else {
          database.close()
          resolve([...shape].map(([path, keys]) => `${path}: ${keys}`).sort())
        }
      }
    }
  })
}
