import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { addModel } from '../../../models/add.ts'
import { withLocalBucket } from '../../../models/local-bucket.ts'
import { publishModels } from '../../../models/publish.ts'
import { remoteBucket } from '../../../models/remote-bucket.ts'
import { randomVgg16, torchZipFile } from '../../support/vgg16-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'publish-'))
const dist = join(folder, 'dist')

const add = async (widths: number[]) => {
  const given = join(folder, 'given.pth')
  writeFileSync(given, Buffer.concat(torchZipFile(randomVgg16(widths))))
  return (await addModel(['vgg16', given], dist)).files[0]
}

beforeAll(async () => {
  mkdirSync(dist)
  const { sha256 } = await add([2, 2, 2, 2, 2])
  // Packed variants of the weights would come from weights that can be packed; any bytes do here.
  writeFileSync(join(dist, 'vgg16', 'vgg16.safetensors.br'), sha256)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Cloudflare's R2 interface, as far as wrangler asks for objects: keeps them in memory. */
class Account {
  readonly objects = new Map<string, { body: Buffer; type?: string; encoding?: string }>()
  readonly requests: string[] = []
  failure: { status: number; code: number; message: string } | null = null
  private server!: Server

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => {
        const [, account, bucket, key] =
          /^\/accounts\/([^/]+)\/r2\/buckets\/([^/]+)\/objects\/(.*)$/.exec(request.url!) ?? []
        this.requests.push(`${request.method} ${account} ${bucket} ${key}`)
        const answer = (status: number, body: object) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
        }
        const refuse = ({ status, code, message }: NonNullable<Account['failure']>) =>
          answer(status, { success: false, errors: [{ code, message }], messages: [], result: null })
        if (this.failure) return refuse(this.failure)
        if (request.method === 'PUT') {
          const { 'content-type': type, 'content-encoding': encoding } = request.headers
          this.objects.set(key, { body: Buffer.concat(chunks), type, encoding })
          return answer(200, { success: true, errors: [], messages: [], result: {} })
        }
        const found = this.objects.get(key)
        if (found) return response.end(found.body)
        refuse({ status: 404, code: 10007, message: 'The specified key does not exist.' })
      })
    })
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    const { port } = this.server.address() as AddressInfo
    vi.stubEnv('CLOUDFLARE_API_BASE_URL', `http://127.0.0.1:${port}`)
    vi.stubEnv('CLOUDFLARE_API_TOKEN', 'token')
    vi.stubEnv('CLOUDFLARE_ACCOUNT_ID', '0123456789abcdef0123456789abcdef')
  }

  stop = () => this.server.close()
}

afterEach(() => vi.unstubAllEnvs())

test('puts everything into the local bucket once, and what is new later', { timeout: 120_000 }, async () => {
  await withLocalBucket(join(folder, 'state'), async (bucket) => {
    const lines: string[] = []
    expect(await bucket.manifest()).toBeNull()
    expect(await publishModels(bucket, (line) => lines.push(line), dist)).toEqual({ put: 3, skipped: 0 })
    expect(lines[0]).toMatch(/^put: models\/[0-9a-f]{16}\/vgg16\.safetensors \(0\.00 MB\)$/)
    expect(lines.at(-1)).toMatch(/^put: models\/manifest\.json/)
    expect(await bucket.manifest()).toBe(readFileSync(join(dist, 'manifest.json'), 'utf8'))
    expect(await publishModels(bucket, undefined, dist)).toEqual({ put: 0, skipped: 3 })
  })
  const before = readFileSync(join(dist, 'manifest.json'))
  await add([3, 3, 3, 3, 3])
  // Another process later finds what the first has put.
  await withLocalBucket(join(folder, 'state'), async (bucket) => {
    expect((await publishModels(bucket, undefined, dist)).skipped).toBe(0)
    expect(await bucket.manifest()).not.toBe(before.toString())
    expect(await bucket.manifest()).toBe(readFileSync(join(dist, 'manifest.json'), 'utf8'))
  })
})

test("puts everything into an account's bucket through wrangler", { timeout: 120_000 }, async () => {
  const account = new Account()
  await account.start()
  try {
    const file = await add([2, 2, 2, 2, 2])
    writeFileSync(join(dist, 'vgg16', 'vgg16.safetensors.br'), 'packed')
    const bucket = await remoteBucket()
    expect(bucket.name).toBe('the bucket facerefiner-models at Cloudflare')
    expect(await publishModels(bucket, undefined, dist)).toEqual({ put: 3, skipped: 0 })
    const key = `models/${file.sha256.slice(0, 16)}/vgg16.safetensors`
    expect([...account.objects.keys()]).toEqual([key, `${key}.br`, 'models/manifest.json'])
    expect(account.requests[0]).toBe(
      'GET 0123456789abcdef0123456789abcdef facerefiner-models models/manifest.json',
    )
    const { body, type, encoding } = account.objects.get(key)!
    expect(body.equals(readFileSync(join(dist, file.file)))).toBe(true)
    expect([type, encoding]).toEqual(['application/octet-stream', undefined])
    expect(account.objects.get(`${key}.br`)).toMatchObject({ encoding: 'br' })
    expect(account.objects.get('models/manifest.json')).toMatchObject({ type: 'application/json' })

    expect(await publishModels(bucket, undefined, dist)).toEqual({ put: 0, skipped: 3 })
    account.failure = { status: 404, code: 10006, message: 'The specified bucket does not exist.' }
    await expect(publishModels(bucket, undefined, dist)).rejects.toThrow(
      'wrangler r2 bucket create facerefiner-models',
    )
    account.failure = { status: 403, code: 10000, message: 'Authentication error' }
    await expect(publishModels(bucket, undefined, dist)).rejects.toThrow('Cloudflare refused the login')
  } finally {
    account.stop()
  }
})

test('says how to set up an account where there is none', { timeout: 120_000 }, async () => {
  vi.stubEnv('CLOUDFLARE_API_TOKEN', '')
  vi.stubEnv('HOME', folder)
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  await expect(publishModels(await remoteBucket(), undefined, dist)).rejects.toThrow(
    'No Cloudflare account is set up on this machine: run npx wrangler login',
  )
})

test('the command names its parts and refuses what does not go together', () => {
  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, ['models/make.ts', ...parameters], { encoding: 'utf8' })
  expect(run('--help').stdout).toMatch(/add vgg16 FILE[\s\S]*publish --remote/)
  for (const parameters of [
    ['publish', 'everything'],
    ['add', '--remote'],
    ['--write', 'publish'],
    ['unpublish'],
  ]) {
    const { status, stderr } = run(...parameters)
    expect(status).toBe(2)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  }
})
