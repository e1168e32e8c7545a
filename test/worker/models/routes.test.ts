import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'

const address = 'http://localhost/models/0123456789abcdef/model.bin'
const key = 'models/0123456789abcdef/model.bin'
const plain = Uint8Array.from({ length: 1000 }, (_, i) => i % 251)
const packed = { br: Uint8Array.of(1, 2, 3), gzip: await gzip(plain) }

function get(
  headers: Record<string, string> = {},
  method = 'GET',
  clientAcceptEncoding = '',
): Promise<Response> {
  const cf = { clientAcceptEncoding } as unknown as CfProperties
  return exports.default.fetch(new Request(address, { method, headers, cf }))
}

async function gzip(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([data]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())

beforeAll(async () => {
  const contentType = 'application/octet-stream'
  await env.MODELS.put(key, plain, { httpMetadata: { contentType } })
  await env.MODELS.put(`${key}.br`, packed.br, { httpMetadata: { contentType, contentEncoding: 'br' } })
  await env.MODELS.put(`${key}.gz`, packed.gzip, { httpMetadata: { contentType, contentEncoding: 'gzip' } })
  await env.MODELS.put('models/manifest.json', '{"models":[]}', {
    httpMetadata: { contentType: 'application/json' },
  })
})

describe('a model file', () => {
  test('comes whole, typed and cacheable for ever', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-length')).toBe('1000')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(response.headers.get('vary')).toBe('accept-encoding, origin')
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
    expect(await bytes(response)).toEqual(plain)
  })

  test('answers HEAD with the same headers and no body', async () => {
    const response = await get({}, 'HEAD')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('1000')
    expect(response.headers.get('etag')).toBe((await get()).headers.get('etag'))
    expect(await bytes(response)).toHaveLength(0)
  })

  test.each([
    ['br, gzip', 'br', packed.br.length],
    ['gzip, deflate', 'gzip', packed.gzip.length],
    ['gzip, br;q=0', 'gzip', packed.gzip.length],
    ['*', 'br', packed.br.length],
    ['identity', null, 1000],
    ['', null, 1000],
  ])('is sent to a client that accepts "%s" as %s', async (accepted, encoding, length) => {
    const response = await get({}, 'HEAD', accepted)
    expect(response.headers.get('content-encoding')).toBe(encoding)
    expect(response.headers.get('content-length')).toBe(String(length))
  })

  test('that was sent packed unpacks to the plain file', async () => {
    const response = await get({}, 'GET', 'gzip')
    expect(await bytes(response)).toEqual(plain)
  })
})

describe('a range', () => {
  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=990-', 990, 10],
    ['bytes=-10', 990, 10],
    ['bytes=995-2000', 995, 5],
    ['bytes=-2000', 0, 1000],
  ])('%s gives its bytes, plain also where br is accepted', async (range, offset, length) => {
    const response = await get({ range }, 'GET', 'br')
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${offset}-${offset + length - 1}/1000`)
    expect(response.headers.get('content-length')).toBe(String(length))
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await bytes(response)).toEqual(plain.slice(offset, offset + length))
  })

  test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s lies outside: 416', async (range) => {
    const response = await get({ range })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */1000')
    expect(await response.json()).toMatchObject({ error: { code: 'range-not-satisfiable' } })
  })

  test.each(['bytes=9-0', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'nonsense'])(
    '%s is ignored',
    async (range) => {
      const response = await get({ range })
      expect(response.status).toBe(200)
      expect(await bytes(response)).toHaveLength(1000)
    },
  )

  test('counts only for the version named by If-Range', async () => {
    const etag = (await get()).headers.get('etag')!
    expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200)
  })
})

describe('a condition', () => {
  test('If-None-Match gives 304 for the version at hand, GET and HEAD', async () => {
    const etag = (await get()).headers.get('etag')!
    for (const method of ['GET', 'HEAD']) {
      const response = await get({ 'if-none-match': etag }, method)
      expect(response.status).toBe(304)
      expect(response.headers.get('etag')).toBe(etag)
      expect(response.headers.get('cache-control')).toContain('immutable')
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('If-Match gives 412 for another version', async () => {
    expect((await get({ 'if-match': '"other"' })).status).toBe(412)
  })

  test('tells packed from plain', async () => {
    const etag = (await get({}, 'GET', 'br')).headers.get('etag')!
    expect((await get({ 'if-none-match': etag }, 'GET', 'br')).status).toBe(304)
    expect((await get({ 'if-none-match': etag })).status).toBe(200)
  })
})

describe('what is not there', () => {
  test.each([
    '/models/0123456789abcdef/other.bin',
    '/models/0123456789abcdef/..%2Fmanifest.json',
    '/models/short/model.bin',
    '/models/',
    '/models',
  ])('%s: 404', async (path) => {
    const response = await exports.default.fetch(`http://localhost${path}`)
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } })
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s: 405', async (method) => {
    const response = await get({}, method)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
    expect(await response.json()).toMatchObject({ error: { code: 'method-not-allowed' } })
  })
})

test('the manifest is checked again after a minute', async () => {
  const response = await exports.default.fetch('http://localhost/models/manifest.json')
  expect(response.headers.get('cache-control')).toBe('public, max-age=60, must-revalidate')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({ models: [] })
  const etag = response.headers.get('etag')!
  const again = await exports.default.fetch('http://localhost/models/manifest.json', {
    headers: { 'if-none-match': etag },
  })
  expect(again.status).toBe(304)
})
