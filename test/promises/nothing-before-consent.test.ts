import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sha256 } from '../../models/content-hash.ts'
import { browserArguments, chromiumPath } from '../chromium.ts'
import { saveData } from '../support/save-data.ts'
import { type Sent, type TappedLine, tappedLine } from '../support/tapped-line.ts'
import { at, refineToTheEnd } from '../support/walk.ts'
import { amount, tell } from './amounts.ts'

// Between the browser and the service somebody writes down every byte that goes up. Before consent none is of an image; after it,
// what was listed goes, and nothing else.

const isWhole = amount({ sample: 0, whole: 1 }) === 1
const { host, key } = inject('widget')
const folder = mkdtempSync(join(tmpdir(), 'facerefiner-consent-'))
const fileName = 'ADA-AT-HOME.jpg'
const secret = 'TAKEN-AT-52.52N-13.40E'
let photo: Buffer
let browser: Browser
let hostServer: Server
/** Bytes that the widget's host page sends to its own site. */
let sentToHost = 0

beforeAll(async () => {
  const sample = sharp(new URL('../../client/app/sample/astronaut.png', import.meta.url).pathname)
  photo = await sample
    .jpeg({ quality: 92 })
    .withExif({ IFD0: { ImageDescription: secret } })
    .toBuffer()
  // The webcam sees the same.
  const film = join(folder, 'camera.mjpeg')
  writeFileSync(film, await sharp(photo).resize(640, 480, { fit: 'contain' }).jpeg().toBuffer())
  const camera = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]
  const args = [...browserArguments, ...camera, '--disable-background-networking']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  hostServer?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Visits through a line of its own. Requests to anywhere else are noted. */
async function visit(options: Parameters<Browser['newContext']>[0] = {}) {
  const line = await tappedLine(inject('url'))
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    permissions: ['camera'],
    ...options,
  })
  await saveData(context)
  const elsewhere: string[] = []
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== line.url && origin !== host) elsewhere.push(request.url())
  })
  return { line, context, page: await context.newPage(), elsewhere }
}

/** Beginnings of files that hold pictures or faces, and how texts hold them. */
const images = /\xff\xd8\xff|\x89PNG|RIFF....WEBP|ftypavif|ftypheic|glTF|data:image|;base64,|JFIF|Exif/s

/** Pieces of the photo, of which one would be found in any part of it. */
function pieces(): Buffer[] {
  const length = 32
  return Array.from({ length: Math.floor(photo.length / length / 4) }, (_, i) =>
    photo.subarray(4 * i * length, 4 * i * length + length),
  )
}

/** Holds that nothing that has gone up so far is of an image, and that it is little. @returns what was looked at */
function expectNoImage({ bytes, requests }: TappedLine): { requests: number; bytes: number } {
  for (const connection of bytes()) {
    const text = connection.toString('latin1')
    expect(images.exec(text)).toBeNull()
    for (const word of [secret, fileName]) expect(text).not.toContain(word)
    for (const piece of pieces()) expect(connection.includes(piece)).toBe(false)
  }
  const sent = requests()
  for (const { method, path, headers, body } of sent) {
    // What fits into an address or a header is no picture either.
    const head =
      path.length + [...headers].reduce((sum, [name, value]) => sum + name.length + value.length, 0)
    expect(head, path).toBeLessThan(1500)
    expect(path.length, path).toBeLessThan(200)
    expect(body.length, `${method} ${path}`).toBe(0)
  }
  return { requests: sent.length, bytes: bytes().reduce((sum, { length }) => sum + length, 0) }
}

const press = (page: Pick<Page, 'getByRole'>, name: string) =>
  page.getByRole('button', { name, exact: true }).click()

async function chooseFile(page: Page, buffer: Buffer, name = fileName, mimeType = 'image/jpeg') {
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })
  await at(page, 'result')
}

async function takePhoto(page: Page) {
  await press(page, 'Take a photo')
  await press(page, 'Take the photo')
  // A head of the same is made in the widget.
  if (isWhole) await at(page, 'result')
  else await page.locator('.found-words').waitFor({ timeout: 60_000 })
}

/** A second visit, by way of the service worker. */
async function comeAgain(page: Page, { url }: TappedLine) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await page.goto(url)
}

test('page, service worker and webcam: nothing before consent; after it, what was listed', async () => {
  const { line, context, page, elsewhere } = await visit()
  await page.goto(line.url)
  await takePhoto(page)
  await comeAgain(page, line)
  if (isWhole) await press(page, 'FaceRefiner')
  await chooseFile(page, photo)
  if (isWhole) {
    await refineToTheEnd(page)
    await press(page, 'Move it with your face')
    await page.waitForTimeout(5000)
    await press(page, 'Stop the camera')
    for (const format of ['png', 'webp'] as const) {
      await press(page, 'FaceRefiner')
      await chooseFile(
        page,
        await sharp(photo).toFormat(format).toBuffer(),
        `photo.${format}`,
        `image/${format}`,
      )
    }
  }
  await press(page, 'Share')
  const withPhoto = page.getByLabel('Also the photo itself')
  const rows = page.locator('.offered li')
  await withPhoto.check()
  await rows.filter({ hasText: 'Your photo' }).waitFor()
  await withPhoto.uncheck()
  await rows.filter({ hasText: 'Your photo' }).waitFor({ state: 'detached' })
  await page.getByLabel('This is my face, or its owner agrees.').check()
  const before = expectNoImage(line)
  expect(before.requests).toBeGreaterThan(10)
  expect(elsewhere).toEqual([])

  const listed = (await rows.locator('small').allInnerTexts()).map((words) => words.split(',')[0])
  expect(listed).not.toContain('photo.jpg')
  const earlier = line.requests().length
  await press(page, 'Upload and get a link')
  await page.getByText('It is shared').waitFor({ timeout: 60_000 })
  const told = await page.locator('dialog .link').inputValue()
  const sent = line.requests()
  const withBody = sent.filter(({ body }) => body.length > 0)
  expect(sent.length).toBeGreaterThan(earlier)
  const parts = withBody.filter(({ path }) => path.includes('/parts/'))
  expect(parts.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([...listed].sort())
  expect(elsewhere).toEqual([])
  expectWhatWasDeclared(withBody, parts)
  await press(page, 'Delete it again')
  await page.locator('dialog').getByText('Deleted').waitFor()
  expect((await fetch(told.replace(line.url, inject('url')))).status).toBe(404)
  tell(1, {
    'requests before consent': before.requests,
    'bytes that went up before consent': before.bytes,
    'of them of an image': 0,
    'files sent after consent': parts.length,
  })
  await close(context, line)
})

/** What else was sent says what is sent, and nothing more: small JSON. */
function expectWhatWasDeclared(withBody: Sent[], parts: Sent[]) {
  const others = withBody.filter((each) => !parts.includes(each))
  for (const { method, path, headers, body } of others) {
    expect(headers.get('content-type'), `${method} ${path}`).toBe('application/json')
    expect(body.length).toBeLessThan(2000)
  }
  const declaration = others.find(({ path }) => path === '/api/results')!
  const declared = JSON.parse(declaration.body.toString()).parts as Record<string, { sha256: string }>
  const sums = Object.fromEntries(
    parts.map(({ path, body }) => [path.split('/').at(-1), { sha256: sha256(body) }]),
  )
  expect(sums).toMatchObject(
    Object.fromEntries(Object.entries(declared).map(([name, { sha256 }]) => [name, { sha256 }])),
  )
}

test('widget: nothing to the service, and nothing to the host page before the visitor agrees', async () => {
  const { line, context, page, elsewhere } = await visit({ locale: 'en-GB' })
  hostServer = createServer((request, response) => {
    request.on('data', (data) => {
      sentToHost += data.length
    })
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>
      <script type="module" src="${line.url}/widget.js"></script>
      <face-refiner site-key="${key}" mode="inline" consent="ask"></face-refiner>
      <script>
        heard = []
        for (const name of ['ready', 'progress', 'result', 'error'])
          document.querySelector('face-refiner').addEventListener(name, ({ detail }) => heard.push({ name, detail }))
      </script>`)
  })
  await new Promise<void>((resolve) => hostServer.listen(Number(new URL(host).port), '127.0.0.1', resolve))
  await page.goto(host)
  const frame = page.frameLocator('face-refiner iframe')
  const site = new URL(host).host
  await frame.getByText(`${site} would like to have what you make here`).waitFor({ timeout: 30_000 })
  await frame.getByRole('button', { name: 'Take a photo', exact: true }).click()
  await frame.getByRole('button', { name: 'Take the photo', exact: true }).click()
  await frame.locator('main.result').waitFor({ timeout: 120_000 })
  const heard = () =>
    page.evaluate(() =>
      (globalThis as unknown as { heard: { name: string; detail: { code?: string; glb?: Blob } }[] }).heard
        .filter(({ name }) => name === 'result' || name === 'error')
        .map(({ name, detail }) => detail.code ?? `${name} ${(detail.glb?.size ?? 0) > 10_000}`),
    )
  // The result of a choice comes after that of the photo: by then the first was there and waited.
  await frame.getByRole('button', { name: 'Keep it here', exact: true }).click()
  await expect.poll(heard).toEqual(['declined'])
  await frame.getByText(`${site} does not get what you make here`).waitFor()
  // What the page asks of its frame changes nothing of that.
  await page.evaluate(() => document.querySelector('face-refiner')!.setAttribute('consent', 'tell'))
  await frame.getByText(`${site} does not get what you make here`).waitFor()
  expect(await heard()).toEqual(['declined'])
  const { requests } = expectNoImage(line)
  expect(sentToHost).toBe(0)
  expect(elsewhere).toEqual([])
  await frame.getByRole('button', { name: 'Hand it over', exact: true }).click()
  await expect.poll(heard).toEqual(['declined', 'result true'])
  // The service gets nothing all the same.
  expectNoImage(line)
  tell(1, { 'requests of a widget, none with an image': requests })
  await close(context, line)
})

async function close(context: BrowserContext, line: TappedLine) {
  await context.close()
  await line.close()
}
