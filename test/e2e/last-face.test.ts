import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { format } from '../../client/app/kept-face.ts'
import { chromiumPath } from '../chromium.ts'
import { isDrawn } from '../support/drawn.ts'
import { headShown } from '../support/head-shown.ts'
import { shortenRuns } from '../support/short-runs.ts'
import { backToPhoto, makeButton, openSample, refineToTheEnd } from '../support/walk.ts'

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
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(inject('url'))
})
afterAll(() => browser?.close())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const offer = () => page.getByRole('region', { name: 'Your last result' })
const isAt = (stage: string) => page.locator(`main.${stage}`).waitFor({ timeout: 30_000 })

test('Back leads from the result to its photo and to the first screen, Forward to the result again', async () => {
  await openSample(page)
  await refineToTheEnd(page)
  await headShown(page)
  await page.goBack()
  await isAt('found')
  expect(await makeButton(page).isEnabled()).toBe(true)
  await page.goBack()
  await isAt('photo')
  await offer().waitFor()
  await page.goForward()
  await isAt('found')
  await page.goForward()
  await isAt('result')
})

test('Back closes a dialog and leaves the result where it is', async () => {
  await button('Download').click()
  await page.locator('dialog[open]').waitFor()
  await page.goBack()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await isAt('result')
})

test('what was shared is still shared when one comes back from another photo', async () => {
  await button('Share').click()
  await page.getByLabel('This is my face, or its owner agrees.').check()
  await button('Upload and get a link').click()
  await page.getByRole('img', { name: /^QR code of/ }).waitFor({ timeout: 60_000 })
  link = await page.getByLabel('Link', { exact: true }).inputValue()
  await page.keyboard.press('Escape')
  await button('Try another').click()
  await isAt('photo')
  // One that comes to nothing: another face would take its place.
  const other = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#7a8' } })
    .png()
    .toBuffer()
  await page
    .locator('.panel input[type=file]')
    .setInputFiles({ name: 'other.png', mimeType: 'image/png', buffer: other })
  await page.getByRole('heading', { name: 'No face found' }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'FaceRefiner' }).click()
  await offer().waitFor()
  expect(await offer().innerText()).toContain('“astronaut.jpg”')
  await button('Show it').click()
  await isAt('result')
  await button('Share').click()
  await expect.poll(() => page.getByLabel('Link', { exact: true }).inputValue()).toBe(link)
  await page.keyboard.press('Escape')
})

test('it outlives the page: reloaded, and come back to from the gallery', async () => {
  // Leaving the dialog's entry of the history takes a moment.
  await expect.poll(() => page.evaluate(() => history.state.places.at(-1))).toBe('result')
  await page.reload()
  await isAt('result')
  await page.getByRole('link', { name: 'Gallery' }).click()
  await page.waitForURL(/\/gallery/)
  await page.goBack()
  await isAt('result')
  // A new visit.
  await page.goto('about:blank')
  await page.goto(inject('url'))
  await offer().waitFor()
  await button('Show it').click()
  await isAt('result')
})

test('and can do all that it could: pictures, comparison, files, sharing', async () => {
  await expect.poll(() => isDrawn(page, 'face-viewer'), { timeout: 30_000 }).toBe(true)
  await button('On the photo').click()
  await expect.poll(() => isDrawn(page, 'face-compare'), { timeout: 30_000 }).toBe(true)
  await button('Download').click()
  await page.locator('dialog[open] .downloads button').first().waitFor()
  const files: string[] = []
  for (const file of await page.locator('.downloads button').all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()])
    files.push(download.suggestedFilename())
    await expect.poll(() => file.isEnabled()).toBe(true)
  }
  expect(files.sort()).toEqual([
    ...['face.glb', 'head-texture.png', 'head.glb', 'record.json', 'texture.png'],
  ])
  await page.getByLabel('3D file').selectOption('webp')
  const glb = page.locator('.downloads button').first()
  const [small] = await Promise.all([page.waitForEvent('download'), glb.click()])
  expect(small.suggestedFilename()).toBe('head-webp.glb')
  await page.keyboard.press('Escape')
  await button('Share').click()
  await expect.poll(() => page.getByLabel('Link', { exact: true }).inputValue()).toBe(link)
  await button('Delete it again').click()
  await page.getByText('Deleted: the link leads nowhere now.').waitFor()
  expect((await fetch(link)).status).toBe(404)
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
})

test('and can be refined anew: its photo is opened and measured again', async () => {
  await backToPhoto(page)
  await expect.poll(() => makeButton(page).isEnabled(), { timeout: 30_000 }).toBe(true)
  await page.getByRole('button', { name: /^Run 1/ }).click()
  await isAt('result')
})

test('what is stored has the shape of this format: raise it where the shape changes', async () => {
  const kept = await page.evaluate(keptFace, null)
  expect([format, ...kept]).toEqual([
    4,
    'face: height,quarterTurns,roll,score,width,x,y',
    'faces[]: height,quarterTurns,roll,score,width,x,y',
    'photo: file,height,name,original,source,turns,width',
    'results[].files: glb,png,record,sampled',
    'results[].head.hair.mesh: normals,positions,triangles,uv',
    'results[].head.hair.texture: data,size',
    'results[].head.hair: colours,mesh,style,texture',
    'results[].head.mesh: normals,positions,triangles,uv',
    'results[].head.texture: data,size',
    'results[].head: bust,choice,doubts,evidence,hair,mesh,png,record,texture',
    'results[].refined: backbone,coveredTexels,gflop,optimised,optimisedTexels,preset,provider,seconds,secondsPerScale,seed,settings,size,steps,summary',
    'results[].runsOn.why: code',
    'results[].runsOn: by,on,threads,why',
    'results[].seen.camera: matrix',
    'results[].seen.crop: left,size,step,top',
    'results[].seen.flaws: blurred,dark',
    'results[].seen.initial: data,size',
    'results[].seen.mesh: normals,positions,triangles,uv',
    'results[].seen.quality: faceLogit,interOcular,mirrored,none,own,pitch,roll,yaw',
    'results[].seen: camera,cover,crop,evidence,flaws,initial,landmarks,mesh,quality',
    'results[].texture: data,size',
    'results[]: cover,files,head,refined,runsOn,seconds,seen,shared,texture',
    'top: face,faces,photo,preset,results,seed,size,strokes',
  ])
})

test('what another version of the page kept in another shape is dropped quietly', async () => {
  await page.evaluate(keptFace, 0)
  await page.goto('about:blank')
  await page.goto(inject('url'))
  await page.getByText('Use the sample').waitFor()
  await page.waitForTimeout(1000)
  expect(await offer().count()).toBe(0)
  expect(await page.evaluate(keptFace, null)).toEqual([])
  expect(complaints).toEqual([])
})

/**
 * Runs in the page: the keys of each object in what is kept of the last face, largest structures aside.
 *
 * @param format is written into it, unless null
 */
function keptFace(format: number | null): Promise<string[]> {
  const shape = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    const skip = ['.steps', '.secondsPerScale', '.settings', '.strokes', '.shared']
    if (!value || typeof value !== 'object' || ArrayBuffer.isView(value) || value instanceof Blob) return
    if (skip.some((end) => path.endsWith(end))) return
    if (Array.isArray(value)) return walk(value[0], `${path}[]`)
    shape.set(path, Object.keys(value).sort().join(','))
    for (const [key, each] of Object.entries(value)) walk(each, path === 'top' ? key : `${path}.${key}`)
  }
  return new Promise((resolve) => {
    const opening = indexedDB.open('facerefiner-face')
    opening.onsuccess = () => {
      const { result: database } = opening
      if (!database.objectStoreNames.contains('face')) return resolve([])
      const faces = database.transaction('face', 'readwrite').objectStore('face')
      const reading = faces.get('last')
      reading.onsuccess = () => {
        const { result: kept } = reading
        if (kept) walk(kept.face, 'top')
        if (kept && format !== null) faces.put({ ...kept, format }, 'last')
        faces.transaction.oncomplete = () => {
          database.close()
          resolve([...shape].map(([path, keys]) => `${path}: ${keys}`).sort())
        }
      }
    }
  })
}
