import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Frame, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { protocolVersion } from '../../client/app/widget/protocol.ts'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { saveData } from '../support/save-data.ts'
import { shortenRuns } from '../support/short-runs.ts'
import { textureFormatIn } from '../support/texture-in.ts'

const service = inject('url')
const { host, key, otherKey } = inject('widget')
const sample = readFileSync(new URL('../../client/app/sample/astronaut.png', import.meta.url))

/** What the package's README asks of a host page, and nothing more. */
const strictPolicy = `default-src 'none'; script-src ${host} ${service}; frame-src ${service}; require-trusted-types-for 'script'`

/** Keeps what each element of the page tells, with the blobs' first bytes. */
const listener = `
  window.heard = {}
  for (const element of document.querySelectorAll('face-refiner')) {
    const heard = (window.heard[element.id] = [])
    for (const name of ['ready', 'progress', 'result', 'error', 'close']) {
      element.addEventListener(name, ({ detail }) => heard.push({ name, detail }))
    }
  }
`

let browser: Browser
let server: Server
/** The site of the host page: `/?body=...` shows that body. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, host)
    if (pathname === '/listener.js') {
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(listener)
    }
    if (pathname === '/photo.png') return response.writeHead(200, { 'content-type': 'image/png' }).end(sample)
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': searchParams.get('policy') ?? strictPolicy,
    })
    response.end(`<!doctype html><html lang="en"><title>Host</title>${searchParams.get('body')}
      <script type="module" src="/listener.js"></script>
      <script type="module" src="${service}/widget.js"></script>`)
  })
  await new Promise<void>((resolve) => server.listen(Number(new URL(host).port), '127.0.0.1', resolve))
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  server?.close()
})

interface Visit {
  page: Page
  complaints: string[]
}

async function visit(body: string, policy?: string): Promise<Visit> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    colorScheme: 'dark',
    serviceWorkers: 'block',
  })
  await shortenRuns(context)
  const page = await context.newPage()
  // In its frames as well.
  await saveData(page)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  const query = new URLSearchParams({ body, ...(policy && { policy }) })
  await page.goto(`${host}/?${query}`)
  await page.evaluate(() => customElements.whenDefined('face-refiner').then(() => {}))
  return { page, complaints }
}

type Heard = { name: string; detail: Record<string, unknown> }

const heardBy = (page: Page, id: string): Promise<Heard[]> =>
  page.evaluate((id) => (window as unknown as { heard: Record<string, Heard[]> }).heard[id], id)

const namesOf = async (page: Page, id: string) => (await heardBy(page, id)).map(({ name }) => name)

async function next(page: Page, id: string, name: string, timeout = 20_000): Promise<Heard['detail']> {
  await expect.poll(() => namesOf(page, id), { timeout, interval: 100 }).toContain(name)
  return (await heardBy(page, id)).findLast((heard) => heard.name === name)!.detail
}

async function frameOf(page: Page, id: string): Promise<Frame> {
  const element = await page.locator(`#${id} iframe`).elementHandle()
  return (await element!.contentFrame())!
}

/** Gives the sample through the element's own method, as a page does with a file it has. */
const give = (page: Page, id: string) =>
  page.evaluate(
    async ([id, photo]) => {
      const bytes = Uint8Array.from(atob(photo), (character) => character.charCodeAt(0))
      const element = document.getElementById(id) as HTMLElementTagNameMap['face-refiner']
      element.open(new Blob([bytes], { type: 'image/png' }))
      element.refine()
    },
    [id, sample.toString('base64')],
  )

const isRefined = (record: unknown) => (record as { preset: string }).preset === 'draft'

/** Refines while the tests of other pages run. */
let page: Page
let complaints: string[]

test('the element that a page loads weighs under 5 kB', async () => {
  const script = await (await fetch(`${service}/widget.js`)).arrayBuffer()
  expect(gzipSync(script).length).toBeLessThan(5000)
})

describe('the right key, on a page with a strict content security policy', () => {
  beforeAll(async () => {
    const attributes = `site-key="${key}" share="off" hair="none" bust="off"`
    const visited = await visit(`<face-refiner id="a" ${attributes}>Try it on</face-refiner>`)
    page = visited.page
    complaints = visited.complaints
  }, 60_000)
  const button = () => page.getByRole('button', { name: 'Try it on' })
  const dialog = () => page.getByRole('dialog', { name: 'Your 3D head' })

  test('loads nothing of the app before somebody wants it', async () => {
    expect(page.frames().length).toBe(1)
    expect(await button().getAttribute('aria-haspopup')).toBe('dialog')
    expect(await dialog().isVisible()).toBe(false)
  })

  test('opens a dialog whose frame is isolated, and takes the focus into it', async () => {
    await button().click()
    expect(await dialog().isVisible()).toBe(true)
    await next(page, 'a', 'ready')
    const frame = await frameOf(page, 'a')
    expect(await frame.evaluate(() => crossOriginIsolated)).toBe(true)
    await expect.poll(() => frame.evaluate(() => document.hasFocus())).toBe(true)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    await frame.getByRole('heading', { level: 1 }).waitFor()
    expect(await frame.getByRole('link', { name: 'Gallery' }).isVisible()).toBe(false)
    // Before anything is given, who gets what is made.
    const told = `This is part of a page of ${new URL(host).host}, which gets what you make here`
    expect(await frame.locator('#handover').innerText()).toContain(told)
    expect(await frame.locator('body').innerText()).not.toContain('nothing is sent')
  })

  test('axe finds nothing serious in the dialog', async () => {
    expect(await seriousFindings(page)).toEqual([])
  })

  test('Escape in the frame closes it, and the focus returns', async () => {
    await page.keyboard.press('Escape')
    await next(page, 'a', 'close')
    expect(await dialog().isVisible()).toBe(false)
    expect(await button().evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    expect(await dialog().isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => namesOf(page, 'a'), { timeout: 20_000 }).toEqual(['ready', 'close', 'close'])
    expect(await button().evaluate((element) => element.matches(':focus'))).toBe(true)
  })

  test('a photo that the page gives is refined', async () => {
    await give(page, 'a')
    await expect
      .poll(async () => (await next(page, 'a', 'progress')).stage, { timeout: 60_000 })
      .toBe('refining')
  })
})

describe('what is refused says why', () => {
  test.each([
    ['no key', '', strictPolicy, 'missing-key', /site-key/],
    [
      'a key that is none',
      'site-key="pk_none"',
      strictPolicy,
      'unknown-key',
      /does not exist or was revoked/,
    ],
    [
      'the key of another site',
      `site-key="${otherKey}"`,
      strictPolicy,
      'refused',
      /bound to other origins than/,
    ],
    [
      'a policy without frame-src',
      `site-key="${key}"`,
      `default-src 'none'; script-src ${host} ${service}`,
      'host-policy',
      /add frame-src/,
    ],
  ])('%s', async (_, attributes, policy, code, words) => {
    const { page } = await visit(`<face-refiner id="a" ${attributes}></face-refiner>`, policy)
    await page.getByRole('button', { name: 'Make your 3D head' }).click()
    const error = await next(page, 'a', 'error', 8000)
    expect(error).toEqual({ code, message: expect.stringMatching(words) })
    const alert = page.getByRole('dialog').getByRole('alert')
    expect(await alert.innerText()).toContain(error.message)
    expect(await namesOf(page, 'a')).toEqual(['error'])
    await page.context().close()
  })
})

describe('two elements on one page', () => {
  let page: Page
  beforeAll(async () => {
    const own = `<iframe id="stranger" src="/?body=stranger"></iframe>`
    const first = `<face-refiner id="a" site-key="${key}" mode="inline" theme="dark" language="de" size="512" share="off" puppet="off"></face-refiner>`
    const second = `<face-refiner id="b" site-key="${key}" mode="inline" preset="standard"></face-refiner>`
    const visited = await visit(
      `${first}<canvas height="3000"></canvas>${second}${own}`,
      strictPolicy.replace('frame-src', `frame-src ${host}`),
    )
    page = visited.page
  }, 60_000)
  afterAll(() => page?.context().close())

  test('each loads when it comes near, and has its own settings', async () => {
    await next(page, 'a', 'ready')
    expect(page.frames().length).toBe(3)
    await page.locator('#b').scrollIntoViewIfNeeded()
    await next(page, 'b', 'ready')
    const [a, b] = [await frameOf(page, 'a'), await frameOf(page, 'b')]
    const settings = (frame: Frame) => frame.evaluate(() => ({ ...document.documentElement.dataset }))
    expect(await settings(a)).toEqual({ theme: 'dark', share: 'off', puppet: 'off', mode: 'inline' })
    expect(await settings(b)).toEqual({ theme: 'light', share: 'on', puppet: 'on', mode: 'inline' })
    expect(await a.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(27, 27, 27)')
    expect(await b.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(246, 246, 246)')
    expect(await a.evaluate(() => document.documentElement.lang)).toBe('de')
    expect(await b.evaluate(() => document.documentElement.lang)).toBe('en')
  })

  test('a setting that changes reaches its frame alone', async () => {
    await page.evaluate(() => document.getElementById('b')!.setAttribute('theme', 'dark'))
    const theme = async (id: string) =>
      (await frameOf(page, id)).evaluate(() => document.documentElement.dataset.theme)
    await expect.poll(() => theme('b')).toBe('dark')
    await page.evaluate(() => document.getElementById('a')!.setAttribute('theme', 'light'))
    await expect.poll(() => theme('a')).toBe('light')
    expect(await theme('b')).toBe('dark')
  })

  test('a photo for one is no news of the other', async () => {
    await give(page, 'a')
    await next(page, 'a', 'progress')
    await expect.poll(async () => (await next(page, 'a', 'progress')).stage).toBe('found')
    expect(await namesOf(page, 'b')).toEqual(['ready'])
    await page.evaluate(() =>
      (document.getElementById('a') as HTMLElementTagNameMap['face-refiner']).cancel(),
    )
  })

  test('strangers are not heard: neither by the page nor by the frames', async () => {
    const before = [await heardBy(page, 'a'), await heardBy(page, 'b')].map(({ length }) => length)
    const stranger = page.frames().find((frame) => frame.url().includes('body=stranger'))!
    const forged = { facerefiner: 'refusal', version: protocolVersion, code: 'forged', message: 'Forged.' }
    const strange = { facerefiner: 'greeting', version: 99 }
    await page.evaluate(
      (messages) => {
        for (const message of messages) window.postMessage(message, '*')
      },
      [forged, strange],
    )
    const answered = await stranger.evaluate(
      async ([forged, strange, version]) => {
        parent.postMessage(forged, '*')
        parent.postMessage(strange, '*')
        let answers = 0
        const settings = {
          preset: 'draft',
          size: null,
          theme: 'light',
          language: '',
          share: true,
          mode: 'inline',
        }
        for (let i = 0; i < parent.frames.length; i++) {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => answers++
          parent.frames[i].postMessage({ facerefiner: 'hello', version, settings }, '*', [port2])
        }
        await new Promise((resolve) => setTimeout(resolve, 500))
        return answers
      },
      [forged, strange, protocolVersion] as const,
    )
    expect(answered).toBe(0)
    const names = async (id: string, count: number) => (await namesOf(page, id)).slice(count)
    expect(await names('b', before[1])).toEqual([])
    expect(await names('a', before[0])).not.toContain('error')
    const theme = await (await frameOf(page, 'b')).evaluate(() => document.documentElement.dataset.theme)
    expect(theme).toBe('dark')
  })

  test('a frame of another version is an error that says so', async () => {
    const frame = await frameOf(page, 'b')
    await frame.evaluate(() => parent.postMessage({ facerefiner: 'greeting', version: 99 }, '*'))
    const { code, message } = await next(page, 'b', 'error')
    expect(code).toBe('version')
    expect(message).toContain(`speaks version ${protocolVersion} of its protocol, the service 99`)
    expect(await page.locator('#b').getByRole('alert').isVisible()).toBe(true)
    expect(await namesOf(page, 'a')).not.toContain('error')
  })
})

describe('the photo that was given to the first page', () => {
  afterAll(() => page?.context().close())

  test('becomes blobs that the page has', async () => {
    /** The head at once comes before. */
    const refined = (heard: Heard[]) =>
      heard.findLast(({ name, detail }) => name === 'result' && isRefined(detail.record))
    await expect
      .poll(async () => refined(await heardBy(page, 'a'))?.detail.record, {
        timeout: 280_000,
        interval: 500,
      })
      .toMatchObject({ preset: 'draft', size: 256, optimised: true, head: { hair: 'none', bust: false } })
    const { record } = refined(await heardBy(page, 'a'))!.detail
    const results = (await heardBy(page, 'a')).filter(({ name }) => name === 'result')
    expect(results[0].detail.record).toMatchObject({ preset: 'instant', head: { hair: 'none', bust: false } })
    expect(JSON.stringify(record)).toMatch(/CPU with [2-9] threads/)
    const files = await page.evaluate(async () => {
      const { heard } = window as unknown as { heard: Record<string, Heard[]> }
      const { glb, texture, head } = heard.a.findLast(({ name }) => name === 'result')!.detail as Record<
        string,
        Blob
      >
      const start = async (blob: Blob) => [...new Uint8Array(await blob.slice(0, 4).arrayBuffer())]
      return [
        glb.type,
        await start(glb),
        glb.size,
        texture.type,
        await start(texture),
        texture.size,
        head.type,
        await start(head),
      ]
    })
    expect(files).toEqual([
      'model/gltf-binary',
      [...Buffer.from('glTF')],
      expect.any(Number),
      'image/png',
      [0x89, ...Buffer.from('PNG')],
      expect.any(Number),
      'model/gltf-binary',
      [...Buffer.from('glTF')],
    ])
    expect(files[2]).toBeGreaterThan(100_000)
    expect(files[5]).toBeGreaterThan(10_000)
  })

  test('nobody can publish it where the page does not want that', async () => {
    const frame = await frameOf(page, 'a')
    expect(await frame.getByRole('button', { name: 'Download' }).isVisible()).toBe(true)
    expect(await frame.getByRole('button', { name: 'Share' }).count()).toBe(0)
  })

  test('a webcam can move it, unless the page does not want that', async () => {
    const moving = (await frameOf(page, 'a')).getByRole('button', { name: 'Move it with your face' })
    expect(await moving.isVisible()).toBe(true)
    await page.evaluate(() => document.getElementById('a')!.setAttribute('puppet', 'off'))
    await expect.poll(() => moving.count()).toBe(0)
  })

  test('the page drives its head, and leaves it to itself again', async () => {
    const viewer = (await frameOf(page, 'a')).locator('face-viewer')
    const picture = () => viewer.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    const express = (weights: Record<string, number> | null) =>
      page.evaluate(
        (weights) => (document.getElementById('a') as HTMLElementTagNameMap['face-refiner']).express(weights),
        weights,
      )
    const rest = await picture()
    await express({ jawOpen: 1 })
    await expect.poll(picture, { timeout: 10_000 }).not.toBe(rest)
    await express(null)
    await expect.poll(picture, { timeout: 10_000 }).toBe(rest)
    await expect(express({ jawOpen: 2 })).rejects.toThrow('jawOpen is 2: give a number from 0 to 1')
    await express({ smile: 1 })
    expect(await next(page, 'a', 'error')).toMatchObject({ code: 'expression' })
  })

  test('its visitor downloads it from the frame, as KTX2 too', async () => {
    const frame = await frameOf(page, 'a')
    await frame.getByRole('button', { name: 'Download', exact: true }).click()
    for (const format of ['webp', 'ktx2']) {
      await frame.getByLabel('3D file').selectOption(format)
      const file = frame.locator('dialog').getByRole('button', { name: /^3D face/ })
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), file.click()])
      expect(await textureFormatIn(readFileSync(await download.path()))).toEqual([format, 256])
      await expect.poll(() => file.isEnabled()).toBe(true)
    }
  })

  test('its progress went through the stages in order', async () => {
    const progress = (await heardBy(page, 'a')).filter(({ name }) => name === 'progress')
    const stages = progress.map(({ detail }) => detail.stage).filter((stage, i, all) => stage !== all[i - 1])
    expect(stages.slice(-4)).toEqual(['found', 'result', 'refining', 'result'])
    for (const { detail } of progress) {
      expect(detail.fraction === null || (Number(detail.fraction) >= 0 && Number(detail.fraction) <= 1)).toBe(
        true,
      )
    }
  })

  test('nothing complained', () => {
    expect(complaints).toEqual([])
  })
})
