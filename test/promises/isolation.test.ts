import { readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { protocolVersion } from '../../client/app/widget/protocol.ts'
import { modelUrl } from '../../client/runtime/models.ts'
import { type ShareError, shareResult } from '../../client/share/api.ts'
import { root } from '../../models/paths.ts'
import { app } from '../../worker/app.ts'
import { browserArguments, chromiumPath } from '../chromium.ts'
import { breakable } from '../support/breakable-glb.ts'
import { validParts } from '../support/parts.ts'
import { randomArray } from '../support/random.ts'
import { saveData } from '../support/save-data.ts'
import { amount, tell } from './amounts.ts'

// Hostile pages, frames and stored texts get nowhere. Strangers' messages, and keys of other sites: test/e2e/widget.test.ts.

const service = inject('url')
const { host, key } = inject('widget')
let browser: Browser
let shared: Awaited<ReturnType<typeof shareResult>>
const title = '<img src=x onerror=isHostile=1>'

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: browserArguments })
  const wish = { origin: service, title, visibility: 'listed' } as const
  shared = await shareResult(await validParts({ seed: 9 }), wish)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  const { id, owner } = shared.ownership
  await fetch(`${service}/api/results/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${owner}` },
  })
})

describe('headers', () => {
  /** Of every answer, whatever it is. */
  const always = {
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  }
  /** The browser keeps it apart from pages of other sites. */
  const apart = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  }
  const embedded = {
    'cross-origin-embedder-policy': 'credentialless',
    'document-isolation-policy': 'isolate-and-credentialless',
  }
  /** What each kind of route must carry besides. */
  const kinds: Record<string, Record<string, string | null>> = {
    api: { ...apart, 'access-control-allow-origin': null },
    model: { ...apart, 'access-control-allow-origin': null },
    page: { ...apart, 'access-control-allow-origin': null },
    // Its form says where it was sent from.
    result: { ...apart, 'referrer-policy': 'same-origin', 'access-control-allow-origin': null },
    script: { ...apart, ...embedded, 'access-control-allow-origin': null },
    // Turnstile's script runs in no isolated page; it holds nothing but the check.
    check: { 'cross-origin-opener-policy': 'unsafe-none', 'access-control-allow-origin': null },
    frame: { ...embedded, 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'no-store' },
    loader: { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' },
  }

  /** Where a route is tried, and as what. A route that no line fits fails the test: say here what it must carry. */
  function examples(path: string): [kind: string, path: string][] {
    const { id } = shared.ownership
    const built = readdirSync(`${root}/dist/client/assets`)
    const assets = amount({ sample: 0, whole: 1 }) ? built : onePerEnding(built)
    if (path === '/*') {
      return [
        ...[
          '/',
          '/nowhere',
          '/index.html',
          '/favicon.ico',
          '/service-worker.js',
          '/share.js',
          '/share.css',
        ].map((each): [string, string] => ['page', each]),
        ...assets.map((name): [string, string] => ['script', `/assets/${name}`]),
        ['loader', '/widget.js'],
      ]
    }
    if (path.startsWith('/api/')) {
      const filled = path
        .replace(':id', id)
        .replace(':name', 'face.glb')
        .replace(':report', 'a')
        .replace('*', 'no')
      return [
        ['api', filled],
        ['api', `${filled}?lang=constructor`],
      ]
    }
    if (path.startsWith('/models/')) {
      const [file] = manifest.models[0].files
      return [
        ['model', path.endsWith('manifest.json') ? path : path.endsWith('*') ? '/models/no' : modelUrl(file)],
      ]
    }
    if (path === '/widget/frame') return [key, 'pk_none', ''].map((each) => ['frame', `${path}?key=${each}`])
    if (path === '/check') return [['check', path]]
    const pages = [
      '/openapi.json',
      '/docs',
      '/docs/style.css',
      '/how',
      '/robots.txt',
      '/manifest.webmanifest',
    ]
    if ([...pages, '/favicon.svg', '/gallery'].includes(path)) return [['page', path]]
    if (path === '/r/:id') return [['result', `/r/${id}`]]
    if (path.startsWith('/r/')) return [['page', path.replace(/:id|\*/, 'none')]]
    throw new Error(`Nothing is known of the route ${path}.`)
  }

  let manifest: { models: { files: Parameters<typeof modelUrl>[0][] }[] }

  test('of every route, asked from a foreign page', async () => {
    manifest = await (await fetch(`${service}/models/manifest.json`)).json()
    const routes = [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))]
    let answers = 0
    const problems: string[] = []
    for (const route of routes) {
      const [method, pattern] = route.split(' ')
      for (const [kind, path] of examples(pattern.replace(/\{[^}]*\}/g, ''))) {
        for (const asked of method === 'ALL' ? ['GET', 'HEAD', 'PUT'] : [method]) {
          const headers = {
            origin: 'https://hostile.example',
            'cf-connecting-ip': `10.9.${answers >> 8}.${answers & 255}`,
          }
          const answer = await fetch(service + path, { method: asked, headers, redirect: 'manual' })
          await answer.arrayBuffer()
          answers++
          problems.push(
            ...problemsOf(answer, kind).map((problem) => `${asked} ${path} ${answer.status}: ${problem}`),
          )
        }
      }
    }
    expect(problems).toEqual([])
    tell(9, { routes: routes.length, 'answers whose headers were looked at': answers })
  })

  const onePerEnding = (names: string[]) => [
    ...new Map(names.map((name) => [name.split('.').at(-1), name])).values(),
  ]

  function problemsOf({ headers, status }: Response, kind: string): string[] {
    const problems: string[] = []
    const isRefusedFrame = kind === 'frame' && status !== 200
    // A method that is not allowed is answered before it is known for what; a refused frame need not isolate.
    const wanted = { ...always, ...(status === 405 || status === 404 || isRefusedFrame ? {} : kinds[kind]) }
    for (const [name, value] of Object.entries(wanted)) {
      if (headers.get(name) !== value) problems.push(`${name} is ${headers.get(name)} instead of ${value}`)
    }
    const policy = headers.get('content-security-policy') ?? ''
    const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]))
    for (const [rule, sources] of rules) {
      for (const source of sources) {
        const isAllowed =
          !/^\*|^'unsafe-|^https?:$/.test(source) || (isRefusedFrame && rule === 'frame-ancestors')
        if (!isAllowed) problems.push(`the policy has ${rule} ${source}`)
      }
    }
    for (const rule of ['default-src', 'script-src', 'base-uri', 'form-action', 'frame-ancestors'])
      if (!rules.has(rule)) problems.push(`the policy lacks ${rule}`)
    const inFrames = rules.get('frame-ancestors')?.join(' ')
    if (kind !== 'frame' && inFrames !== "'none'") problems.push(`may be framed by ${inFrames}`)
    if (kind === 'frame' && status === 200 && inFrames !== host) problems.push(`may be framed by ${inFrames}`)
    for (const name of ['set-cookie', 'x-powered-by', 'server-timing', 'access-control-allow-credentials'])
      if (headers.has(name)) problems.push(`it has ${name}`)
    return problems
  }
})

const isHostile = (page: Page) => page.evaluate(() => 'isHostile' in globalThis)

/** A page whose complaints are noted. */
async function open(address: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' })
  await saveData(context)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(address)
  return { page, complaints }
}

describe('stored texts', () => {
  test('a title is text, on its page, for its owner, in the gallery and in its links', async () => {
    const { id, owner } = shared.ownership
    const { page, complaints } = await open(`${service}/r/${id}#owner=${owner}`)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title)
    expect(await page.getByLabel('Title').inputValue()).toBe(title)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved. It is in the gallery.').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title)
    expect(await isHostile(page)).toBe(false)
    await page.goto(`${service}/gallery`)
    await page.getByRole('link', { name: title }).first().waitFor()
    expect(await isHostile(page)).toBe(false)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('script in every string of a record and of a GLB is refused, or is text', async () => {
    const parts = await validParts({ seed: 10 })
    const facts = JSON.parse(new TextDecoder().decode(parts['record.json']))
    const record = new TextEncoder().encode(JSON.stringify(infected(facts)))
    const glb = breakable(parts['face.glb']).withScene((scene) => {
      for (const list of Object.values(scene))
        if (Array.isArray(list)) for (const each of list) if (typeof each === 'object') each.name = title
      scene.asset.generator = title
      scene.extras = { html: title }
    })
    let stored = 0
    for (const changed of [{ 'record.json': record }, { 'face.glb': new Uint8Array(glb) }]) {
      const result = await shareResult({ ...parts, ...changed }, { origin: service }).catch(
        (error: ShareError) => error,
      )
      if (result instanceof Error) {
        expect(result.status).toBeGreaterThanOrEqual(400)
        expect(result.status).toBeLessThan(500)
        continue
      }
      stored++
      const { page, complaints } = await open(service + result.result.page)
      await page.getByRole('button', { name: 'Turn it in 3D' }).click()
      await page.locator('.stage > img').waitFor({ state: 'detached', timeout: 60_000 })
      expect(await isHostile(page)).toBe(false)
      expect(complaints).toEqual([])
      await page.context().close()
      const headers = { authorization: `Bearer ${result.ownership.owner}` }
      await fetch(`${service}/api/results/${result.ownership.id}`, { method: 'DELETE', headers })
    }
    tell(9, { 'kinds of stored files with script': 2, 'of them accepted, and inert': stored })
  })

  test('the name of a file is text', async () => {
    const { page, complaints } = await open(service)
    const buffer = Buffer.from(await (await fetch(`${service}/icon-512.png`)).arrayBuffer())
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: `${title}.png`, mimeType: 'image/png', buffer })
    // There is no face in it, which is said of the file.
    await page.getByRole('alert').locator('p').first().waitFor({ timeout: 60_000 })
    expect(await isHostile(page)).toBe(false)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

/** The same with script in each string that a person could have written. */
function infected(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) || name === 'provider' ? value : title
  if (Array.isArray(value)) return value.map((each) => infected(each))
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, infected(each, key)]))
}

describe('pages around the widget', () => {
  const servers: Server[] = []
  let hostile: string
  beforeAll(async () => {
    const serve = async (port: number, bodyOf: (path: string) => string) => {
      const server = createServer((request, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        response.end(`<!doctype html><title>A site</title>${bodyOf(request.url!)}`)
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      return (server.address() as AddressInfo).port
    }
    const widget = (attributes: string) => `
      <script type="module" src="${service}/widget.js"></script>
      <face-refiner site-key="${key}" mode="inline" ${attributes}></face-refiner>
      <script>
        heard = []
        for (const name of ['ready', 'progress', 'result', 'error', 'close'])
          document.querySelector('face-refiner').addEventListener(name, ({ detail }) => heard.push(detail?.code ?? name))
      </script>`
    await serve(Number(new URL(host).port), (path) => widget(decodeURIComponent(path.slice(2))))
    // What hears everything that is said to it, and speaks as the service's frame does.
    const impostor = `<script>
      heard = []
      addEventListener('message', ({ data, ports }) => heard.push([data, ports.length]))
      for (const facerefiner of ['greeting', 'refusal', 'hello'])
        parent.postMessage({ facerefiner, version: ${protocolVersion}, code: 'forged', message: 'Forged.', settings: {} }, '*')
    </script>`
    const port = await serve(0, (path) => {
      if (path === '/impostor') return impostor
      const sandbox = path === '/sandboxed' ? 'sandbox="allow-scripts"' : ''
      return `<iframe ${sandbox} src="${host}/?" width="600" height="600"></iframe>`
    })
    hostile = `http://localhost:${port}`
  })
  afterAll(() => {
    for (const server of servers) server.close()
  })

  const widgetFrame = (page: Page) =>
    page.frames().find((frame) => frame.url().startsWith(`${service}/widget/frame`))
  const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)

  test.each(['/nested', '/sandboxed'])(
    'a site that frames one that may use it (%s): the browser shows nothing',
    async (path) => {
      const { page } = await open(hostile + path)
      const refused = () => page.frames().some((frame) => frame.url().startsWith('chrome-error:'))
      await expect.poll(refused, { timeout: 20_000 }).toBe(true)
      expect(widgetFrame(page)).toBeUndefined()
      await page.context().close()
    },
  )

  test('attributes that name what every object has are misspelt ones, like any', async () => {
    const names = [
      'preset',
      'size',
      'cover',
      'hair',
      'bust',
      'expression',
      'theme',
      'language',
      'share',
      'puppet',
      'consent',
    ]
    for (const value of ['constructor', '__proto__']) {
      const { page, complaints } = await open(
        `${host}/?${names.map((name) => `${name}="${value}"`).join(' ')}`,
      )
      await expect.poll(() => heard(page), { timeout: 20_000 }).toEqual(['ready'])
      const frame = widgetFrame(page)!
      expect(await frame.evaluate(() => document.documentElement.lang)).toBe('en')
      expect(await frame.getByRole('heading', { level: 1 }).innerText()).toBe(
        'Turn a photo of a face into a 3D head',
      )
      expect(complaints).toEqual([])
      await page.context().close()
    }
  })

  test('the host page leads the frame elsewhere, and says what it likes: nothing is told, and nothing breaks', async () => {
    const { page, complaints } = await open(`${host}/?`)
    await expect.poll(() => heard(page), { timeout: 20_000 }).toEqual(['ready'])
    const frame = widgetFrame(page)!
    const count = amount({ sample: 300, whole: 20_000 })
    const numbers = randomArray(50 * count, 7, 0, 1)
    let drawn = 0
    const random = () => numbers[drawn++ % numbers.length]
    const messages = Array.from({ length: count }, () => malformed(random))
    await page.evaluate(
      ([messages, service]) => {
        const { contentWindow } = document.querySelector('face-refiner')!.shadowRoot!.querySelector('iframe')!
        for (const message of messages) contentWindow!.postMessage(message, service as string)
      },
      [messages, service] as const,
    )
    // It still does what it is told by its own element.
    await page.evaluate(() => document.querySelector('face-refiner')!.setAttribute('theme', 'dark'))
    await expect.poll(() => frame.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    expect(await frame.evaluate(() => ({}) as Record<string, unknown>)).toEqual({})
    expect(await frame.evaluate(() => 'polluted' in {})).toBe(false)
    expect(await heard(page)).toEqual(['ready'])

    await page.evaluate((address) => {
      document.querySelector('face-refiner')!.shadowRoot!.querySelector('iframe')!.src = address
    }, `${hostile}/impostor`)
    const impostors = () => page.frames().filter((each) => each.url() === `${hostile}/impostor`)
    await expect.poll(() => impostors().length, { timeout: 20_000 }).toBe(1)
    await page.evaluate(() => document.querySelector('face-refiner')!.setAttribute('theme', 'light'))
    await page.evaluate(() => document.querySelector('face-refiner')!.refine())
    expect(
      await impostors()[0].evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard),
    ).toEqual([])
    expect(await heard(page)).toEqual(['ready'])
    expect(complaints).toEqual([])
    tell(9, { 'malformed messages to a frame': count })
    await page.context().close()
  })
})

/** Something like a message of the protocol, wrong somewhere. */
function malformed(random: () => number): unknown {
  const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)]
  const value = (): unknown =>
    pick([
      null,
      '',
      'constructor',
      '__proto__',
      0,
      -1,
      1e308,
      true,
      [],
      {},
      '<script>',
      'x'.repeat(5000),
      { a: { b: [] } },
    ])
  const settings = Object.fromEntries(
    ['preset', 'size', 'theme', 'language', 'share', 'mode', 'consent', 'hair', 'cover'].map((name) => [
      name,
      value(),
    ]),
  )
  return pick<unknown>([
    value(),
    {
      facerefiner: pick(['greeting', 'refusal', value()]),
      version: pick([protocolVersion, value()]),
      settings,
    },
    { facerefiner: 'hello', version: protocolVersion, settings: value() },
    {
      type: pick(['photo', 'settings', 'express', 'refine', 'cancel', value()]),
      photo: value(),
      settings,
      weights: value(),
    },
    JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  ])
}
