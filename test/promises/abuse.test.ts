import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http'
import { connect } from 'node:net'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sha256Hex } from '../../client/runtime/sha256.ts'
import { errorBody } from '../../worker/contract/contract.ts'
import { attackBill } from '../../worker/dev/cost/attack-table.ts'
import { crc32 } from '../../worker/validation/crc32.ts'
import { anyValue, damaged, damagedValue, dice, oneOf, type Roll } from '../support/damage.ts'
import { validParts } from '../support/parts.ts'
import { serviceHeap } from '../support/service-heap.ts'
import { amount, tell } from './amounts.ts'

/** What the service's isolate may hold at any time: what its platform gives it. */
const mostMemory = 128 * 2 ** 20
/** Requests that are under way at once. */
const atOnce = 8
const url = inject('url')
const parts = await validParts()
const heap = await serviceHeap(inject('inspector'))

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: Uint8Array
}
interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}
interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  pattern?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  example?: unknown
  format?: string
  maxLength?: number
}
interface Operation {
  method: string
  template: string
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}

let operations: Operation[]
let pending: Upload
let published: Upload
let session: string
interface Upload {
  id: string
  owner: string
}

/** Each from another address: what is counted by address is tried elsewhere. */
let asked = 0
const anAddress = () => `10.${++asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`
/** A connection for each: of one whose body was not read to its end the rest would be taken for the next request. */
const agent = new Agent({ keepAlive: false })

/** Sends what `fetch` would not. @throws Error where the connection breaks before an answer */
function send({ method, path, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      agent,
      method,
      path,
      headers: { 'cf-connecting-ip': anAddress(), ...headers },
      timeout: 60_000,
    }
    const sent = request(url, options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('timeout', () => sent.destroy(new Error('No answer within a minute.')))
    sent.on('error', reject)
    sent.end(body)
  })
}

const jsonType = { 'content-type': 'application/json' }
const jsonOf = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '')
async function ask<T>(method: string, path: string, token?: string, value?: unknown): Promise<T> {
  const headers = { ...(value !== undefined && jsonType), ...(token && { authorization: `Bearer ${token}` }) }
  const { status, text } = await send({
    method,
    path,
    headers,
    body: value === undefined ? undefined : jsonOf(value),
  })
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
  return JSON.parse(text || 'null')
}

async function upload(files: Record<string, Uint8Array>): Promise<Upload> {
  const declared = await Promise.all(
    Object.entries(files).map(async ([name, file]) => [
      name,
      { bytes: file.length, sha256: await sha256Hex(file as Uint8Array<ArrayBuffer>) },
    ]),
  )
  const { token } = await ask<{ token: string }>('POST', '/api/session', undefined, {})
  const begun = await ask<Upload>('POST', '/api/results', token, { parts: Object.fromEntries(declared) })
  for (const [name, body] of Object.entries(files)) {
    const headers = { authorization: `Bearer ${begun.owner}`, 'content-length': String(body.length) }
    const { status } = await send({
      method: 'PUT',
      path: `/api/results/${begun.id}/parts/${name}`,
      headers,
      body,
    })
    expect(status).toBe(204)
  }
  return begun
}

afterAll(() => heap.close())

beforeAll(async () => {
  const { paths } = await ask<{
    paths: Record<string, Record<string, Omit<Operation, 'method' | 'template'>>>
  }>('GET', '/openapi.json')
  operations = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, rest]) => ({ ...rest, method: method.toUpperCase(), template })),
  )
  pending = await upload(parts)
  published = await upload(parts)
  await ask('POST', `/api/results/${published.id}/commit`, published.owner, { visibility: 'listed' })
  ;({ token: session } = await ask<{ token: string }>('POST', '/api/session', undefined, {}))
})

// ---- Requests out of the description, damaged ----

const strangeTexts = [
  '',
  ' ',
  'a',
  '..',
  '../..',
  '%00',
  '%',
  '%ff',
  '%E0%A4%A',
  '..%2f',
  'a%2Fb',
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '1e999',
  '0x10',
  '\u202e',
  'é'.repeat(40),
  '😀'.repeat(100),
  'x'.repeat(3000),
  'A'.repeat(22),
  '9999999999999-AAAAAAAAAAAAAAAAAAAAAA',
]

/** A value that a schema asks for, as far as its shape tells. */
function fitting(schema: Schema, roll: Roll): unknown {
  const one = schema.anyOf ?? schema.oneOf
  if (one) return fitting(oneOf(roll, one), roll)
  if (schema.enum) return oneOf(roll, schema.enum)
  const type = Array.isArray(schema.type) ? oneOf(roll, schema.type) : schema.type
  if (type === 'object') {
    const wanted = Object.entries(schema.properties ?? {}).filter(() => roll(8) > 0)
    return Object.fromEntries(wanted.map(([name, inner]) => [name, fitting(inner, roll)]))
  }
  if (type === 'array') return Array.from({ length: roll(3) }, () => fitting(schema.items ?? {}, roll))
  if (type === 'integer' || type === 'number') return roll(1000)
  if (type === 'boolean') return roll(2) === 0
  if (type === 'null') return null
  if (schema.pattern?.includes('0-9a-f')) return 'ab'.repeat(32)
  return oneOf(roll, ['title', published.id, ...strangeTexts])
}

function pathOf({ template, parameters = [] }: Operation, roll: Roll): string {
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const good: Record<string, string[]> = { id: [pending.id, published.id], name: Object.keys(parts) }
    const value = roll(3) && good[name] ? oneOf(roll, good[name]) : oneOf(roll, strangeTexts)
    return roll(4) ? encodeURIComponent(value) : value
  })
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && roll(2))
    .map(
      ({ name, schema }) =>
        `${name}=${encodeURIComponent(String(roll(2) ? fitting(schema, roll) : oneOf(roll, strangeTexts)))}`,
    )
  if (roll(10) === 0)
    query.push(oneOf(roll, ['__proto__=x', 'limit[]=1', '%zz=%zz', '=', '&&&', 'cursor=%ED%A0%80']))
  return `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

const formTypes = [
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
]
const bodyTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'application/problem+json',
  'text/plain',
  'application/octet-stream',
  'x',
  '',
  ...formTypes,
]

function bodyOf({ requestBody }: Operation, roll: Roll): Uint8Array | undefined {
  const schema = requestBody?.content['application/json']?.schema
  const value = schema ? fitting(schema, roll) : anyValue(roll)
  switch (roll(12)) {
    case 0:
      return undefined
    case 1:
      return Buffer.from('['.repeat(8000))
    case 2:
      return Buffer.from(`${'{"a":'.repeat(2500)}1${'}'.repeat(2500)}`)
    case 3:
      return damaged(jsonOf(value), roll)
    case 4:
      return Buffer.from('{"__proto__":{"polluted":1},"title":{"length":{"toString":1}},"text":"\\ud800"}')
    case 5:
      return Buffer.alloc(20_000, 32)
    case 6:
      return gzipSync(Buffer.alloc(2 ** 20))
    case 7:
      return Buffer.from('--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\nother')
    case 8:
    case 9:
      return jsonOf(value)
    default:
      return jsonOf(typeof value === 'object' && value !== null ? damagedValue(value, roll) : value)
  }
}

function headersOf({ method, template }: Operation, roll: Roll): Record<string, string> {
  const headers: Record<string, string> = {}
  const isEnd = method === 'DELETE' || template.includes('take-down')
  const owners = isEnd ? [] : [pending.owner, published.owner]
  const token = oneOf(roll, [
    ...owners,
    session,
    `${session}==`,
    session.slice(0, -3),
    'a.'.repeat(2000),
    'x',
  ])
  if (roll(5))
    headers.authorization = oneOf(roll, [
      `Bearer ${token}`,
      `Bearer ${token}`,
      `bearer  ${token}`,
      'Bearer',
      'Basic YTpi',
    ])
  if (roll(2)) headers['content-type'] = oneOf(roll, bodyTypes)
  else headers['content-type'] = 'application/json'
  const odd: Record<string, string[]> = {
    origin: ['null', 'https://elsewhere.example', url, 'x'.repeat(1000)],
    'idempotency-key': ['', 'x', 'A'.repeat(43), 'x'.repeat(5000)],
    range: [
      'bytes=0-',
      'bytes=-1',
      'bytes=9-1',
      'bytes=0-0,2-3',
      'x',
      `bytes=${'9'.repeat(30)}-`,
      'bytes=-0',
    ],
    'if-none-match': ['*', 'x', `"${'a'.repeat(2000)}"`],
    'if-match': ['*', '"x"', 'x'],
    'if-modified-since': ['x', '-1', 'Wed, 21 Oct 2099 07:28:00 GMT'],
    'if-unmodified-since': ['x', '2', 'Wed, 21 Oct 2009 07:28:00 GMT'],
    'if-range': ['x', '"x"'],
    'accept-language': ['__proto__', 'de;q=NaN', ','.repeat(2000), 'constructor'],
    'content-encoding': ['gzip', 'br', 'x'],
    'transfer-encoding': ['chunked'],
    cookie: ['x'.repeat(4000)],
    'x-strange': ['x'.repeat(oneOf(roll, [100, 8000, 20_000, 70_000]))],
  }
  for (const [name, values] of Object.entries(odd)) if (roll(8) === 0) headers[name] = oneOf(roll, values)
  return headers
}

/** What the pages of the service take of forms and addresses; not in the description, and answered as a page. */
function pageRequest(roll: Roll): Operation {
  const [method, template] = oneOf(roll, [
    ['POST', `/r/${published.id}/report`],
    ['GET', `/r/${published.id}`],
    ['GET', '/r/{strange}'],
    ['GET', '/gallery'],
    ['GET', '/{strange}'],
    ['GET', '/models/{strange}'],
  ] as const)
  return {
    method,
    template,
    responses: {},
    parameters: ['cursor', 'trail', 'lang', 'reported'].map((name) => ({ name, in: 'query', schema: {} })),
  }
}

function requestOf(roll: Roll): { operation: Operation; sent: Sent } {
  const operation = roll(10) ? oneOf(roll, operations) : pageRequest(roll)
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']
  const method =
    roll(10) || operation.template.includes('results/{id}') ? operation.method : oneOf(roll, others)
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(operation, roll)
  const headers = headersOf(operation, roll)
  if (!body) delete headers['transfer-encoding']
  // Node writes what stands in a path as it is; what no path may have it refuses to send.
  const path = pathOf(operation, roll).replaceAll(/[^\x21-\x7e]/g, (character) =>
    encodeURIComponent(character.toWellFormed()),
  )
  return { operation, sent: { method, path, headers, body } }
}

/** What is wrong with an answer, if anything. */
function faultOf(
  { operation, sent }: ReturnType<typeof requestOf>,
  { status, headers, text }: Answer,
): string | undefined {
  if (status >= 500) return 'a failure'
  // What is too large for a header never reaches the service: the server before it says so.
  if (status === 431 || (status === 400 && text === '')) return undefined
  if (!headers['content-security-policy'] && status !== 101) return 'no security headers'
  // As a 304, it has no body.
  if (status === 412 && text === '') return undefined
  if (status < 400 || sent.method === 'HEAD' || !sent.path.startsWith('/api/')) return undefined
  const json = /json/.test(headers['content-type'] ?? '') && errorBody.safeParse(parsed(text)).success
  if (!json) return 'an error of another shape'
  const isDescribed = sent.method === operation.method && isOf(operation, sent.path)
  if (isDescribed && !(status in operation.responses)) return 'a status that is not described'
  if (!isDescribed && ![400, 401, 403, 404, 405, 410, 413, 415, 429].includes(status))
    return 'a strange status'
}

function isOf({ template }: Operation, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?.*)?$`).test(path)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Bytes of memory that the processes of workerd behind this server take, or undefined where that cannot be read. */
function memoryOfWorkerd(): number {
  const { port } = new URL(url)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return ''
    }
  }
  const parentOf = new Map(pids.map((pid) => [pid, /\nPPid:\t(\d+)/.exec(read(pid, 'status'))?.[1]]))
  const server = pids.filter((pid) => {
    const words = read(pid, 'cmdline').split('\0')
    return words.some((word) => word.includes('wrangler')) && words[words.indexOf('--port') + 1] === port
  })
  const isBelow = (pid: string | undefined): boolean =>
    !!pid && (server.includes(pid) || isBelow(parentOf.get(pid)))
  const sizes = pids.filter((pid) => isWorkerd(pid) && isBelow(pid)).map((pid) => read(pid, 'status'))
  expect(sizes.length).toBeGreaterThan(0)
  return sizes.reduce((sum, status) => sum + 1024 * Number(/\nVmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0), 0)
}

function isWorkerd(pid: string): boolean {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)) === 'workerd'
  } catch {
    return false
  }
}

/** Sends that many requests, {@link atOnce} at once, each made of its seed. */
async function barrage(first: number, count: number) {
  const faults: string[] = []
  const figures = { slowest: 0, peak: await heap.bytes(), refusedBefore: 0 }
  let next = first
  const line = async () => {
    for (let seed = next++; seed < first + count; seed = next++) {
      const made = requestOf(dice(seed))
      const start = performance.now()
      try {
        const answer = await send(made.sent)
        const fault = faultOf(made, answer)
        if (fault)
          faults.push(
            `seed ${seed}: ${made.sent.method} ${made.sent.path.slice(0, 100)} ${answer.status}: ${fault}: ${answer.text.slice(0, 200)}`,
          )
      } catch (error) {
        // A body that goes on after the answer, or a header that no server takes: the connection is closed.
        const { code, message } = error as NodeJS.ErrnoException
        if (code === 'ECONNRESET' || code === 'EPIPE' || code?.startsWith('HPE_')) figures.refusedBefore++
        else faults.push(`seed ${seed}: ${made.sent.method} ${made.sent.path.slice(0, 100)}: ${message}`)
      }
      figures.slowest = Math.max(figures.slowest, performance.now() - start)
      if (seed % 20 === 0) figures.peak = Math.max(figures.peak, await heap.bytes())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, line))
  return { ...figures, faults }
}

/** Requests that begin and do not go on, in their headers or in their bodies. @returns what ends each */
function slowRequests(count: number): (() => void)[] {
  const { hostname, port } = new URL(url)
  return Array.from({ length: count }, (_, i) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    const head = [
      'POST /api/session HTTP/1.1',
      `host: ${hostname}`,
      'content-type: application/json',
      'content-length: 10000',
    ]
    const inBody = i % 2 > 0
    socket.write(inBody ? `${head.join('\r\n')}\r\n\r\n` : head.join('\r\n'))
    return () => (inBody ? socket.end(' '.repeat(10_000)) : socket.destroy())
  })
}

test('malformed requests get no 500, an answer that is described, and no memory', async () => {
  const count = amount({ sample: 600, whole: 10_000 })
  const slow = slowRequests(40)
  // The first ones start isolates and fill caches, which stay.
  const first = await barrage(1_000_000, 300)
  const before = await heap.bytes()
  const { faults, peak, slowest, refusedBefore } = await barrage(0, count)
  for (const end of slow) end()
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)
  tell(7, {
    'malformed requests': count,
    'answered 500 or worse, or not as described': faults.length,
    'closed before an answer': refusedBefore,
    'slow bodies meanwhile': slow.length,
    'slowest answer, ms': Math.round(slowest),
    "the isolate's heap and buffers, MB before, at most": `${megabytes(before)}, ${megabytes(peak)}`,
  })
  expect([...first.faults, ...faults].slice(0, 20)).toEqual([])
  expect(peak).toBeLessThan(mostMemory)
  expect(refusedBefore).toBeLessThan(count / 5)
})

test('the bill of a day under attack is stated, route by route', () => {
  // That every route is there, and what each uses, is counted by test/worker/dev/cost/routes.test.ts.
  const one = attackBill({ addresses: 1, perSecond: 100 })
  const many = attackBill({ addresses: 1000, perSecond: 20 })
  const dearest = ({ days: [{ dollars, dollarsOfRequests }] }: typeof one) =>
    `${dollars.toFixed(2)} (${dollarsOfRequests.toFixed(2)} for the requests alone)`
  tell(7, {
    'dollars a day of the dearest route, one address with 100 requests a second': dearest(one),
    'a thousand addresses with 20 a second each': dearest(many),
  })
  expect(one.days[0].dollars).toBeLessThan(10)
  expect(many.days[0].dollars).toBeLessThan(5000)
})

// ---- Bombs that are uploaded wholly and judged at the commit ----

/** A PNG with a million pieces of nothing before its end. */
function pieces(png: Uint8Array): Uint8Array {
  const empty = new Uint8Array(12)
  empty.set(Buffer.from('IDAT'), 4)
  new DataView(empty.buffer).setUint32(8, crc32(empty.subarray(4, 8)))
  const bomb = new Uint8Array(16 * 2 ** 20)
  bomb.set(png.subarray(0, -12))
  let at = png.length - 12
  for (; at + 24 <= bomb.length; at += 12) bomb.set(empty, at)
  bomb.set(png.subarray(-12), at)
  return bomb.subarray(0, at + 12)
}

const record = JSON.parse(Buffer.from(parts['record.json']).toString())
const withRecord = (change: object) => ({ ...parts, 'record.json': jsonOf({ ...record, ...change }) })

test.each<[string, () => Record<string, Uint8Array> | Promise<Record<string, Uint8Array>>, string]>([
  [
    'a PNG of a million pieces',
    async () => {
      const png = pieces(parts['texture.png'])
      const texture = { sha256: await sha256Hex(png as Uint8Array<ArrayBuffer>), bytes: png.length }
      return { ...withRecord({ texture }), 'texture.png': png, 'face.glb': parts['face.glb'] }
    },
    'glb-texture',
  ],
  ['a preset of a megabyte', () => withRecord({ preset: 'x'.repeat(1_000_000) }), 'record-schema'],
  ['steps of nothing', () => withRecord({ losses: Array(400_000).fill(0) }), 'record-losses'],
  [
    'a preview of a hundred thousand tables',
    () => ({
      ...parts,
      'preview.jpg': Uint8Array.from(
        { length: 500_000 },
        (_, i) => [0xff, 0xd8, 0xff, 0xc4, 0, 2][i < 2 ? i : 2 + ((i - 2) % 4)],
      ),
    }),
    'jpeg-tables',
  ],
])('%s is refused at the commit, and the next request answered', async (_, make, code) => {
  const before = memoryOfWorkerd()
  const bomb = await upload(await make())
  const headers = { ...jsonType, authorization: `Bearer ${bomb.owner}` }
  const answer = await send({
    method: 'POST',
    path: `/api/results/${bomb.id}/commit`,
    headers,
    body: jsonOf({}),
  })
  expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([422, code])
  expect((await send({ method: 'GET', path: '/api/health', headers: {} })).status).toBe(200)
  // Of all isolates together, those of the local buckets included.
  expect(memoryOfWorkerd() - before).toBeLessThan(mostMemory)
})
