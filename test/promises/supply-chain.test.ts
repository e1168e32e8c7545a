import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { root } from '../../models/paths.ts'
import accepted from '../../worker/dev/dependencies/accepted.json' with { type: 'json' }
import { faultsOf } from '../../worker/dev/dependencies/faults.ts'
import { licenceOf } from '../../worker/dev/dependencies/licences.ts'
import { packageName, readLock, readManifest } from '../../worker/dev/dependencies/lock.ts'
import { billOfMaterials } from '../../worker/dev/dependencies/sbom.ts'
import { shippedPackages } from '../../worker/dev/dependencies/shipped.ts'
import { amount, tell } from './amounts.ts'

const lock = readLock()
const folder = mkdtempSync(join(tmpdir(), 'facerefiner-supply-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('every package is locked, of the registry, and known', () => {
  expect(faultsOf(readManifest(), lock, accepted)).toEqual([])
  tell(11, { 'packages locked with sha512': Object.keys(lock).length - 1, 'unknown ones': 0 })
})

test('the licence of every package that is shipped stands at /licences.txt', async () => {
  const served = await (await fetch(new URL('/licences.txt', inject('url')))).text()
  const paths = shippedPackages()
  expect(paths.map(packageName)).toEqual(expect.arrayContaining(['three', 'onnxruntime-web', 'long', 'tr46']))
  for (const path of paths) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
    const text = licenceOf(path)
    expect(served).toContain(text)
    // More than its name: what the licence grants.
    expect(text.replace(`${name} ${version} (${license})`, '').length).toBeGreaterThan(300)
    expect(text).not.toMatch(/<(year|copyright holders|owner)>/)
  }
  const { models } = JSON.parse(readFileSync(join(root, 'models', 'manifest.json'), 'utf8'))
  for (const { source } of models) expect(served).toContain(source)
  tell(11, { 'licences shipped': `${paths.length} of ${paths.length} packages, ${models.length} models` })
})

test('the bill of materials names every package that is shipped, by its hash, and every model file', () => {
  const { components } = billOfMaterials() as unknown as {
    components: {
      name: string
      version: string
      hashes?: { content: string }[]
      components?: { name: string }[]
    }[]
  }
  const named = new Map(components.map((component) => [`${component.name}@${component.version}`, component]))
  for (const path of shippedPackages()) {
    const hash = Buffer.from(lock[path].integrity!.slice('sha512-'.length), 'base64').toString('hex')
    const component = named.get(`${packageName(path)}@${lock[path].version}`)
    expect(
      component?.hashes?.map(({ content }) => content),
      path,
    ).toEqual([hash])
  }
  expect(components.every(({ name }) => name !== 'vitest')).toBe(true)
  const files = components.flatMap((component) => component.components ?? []).map(({ name }) => name)
  expect(files).toContain('ort/ort-wasm-simd-threaded.wasm')
  tell(11, { 'components of the CycloneDX list': components.length })
})

describe('install scripts', () => {
  const settings = readFileSync(join(root, '.npmrc'), 'utf8')

  /** Without the settings of the npm that runs this test. */
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)))

  /** Does npm run the scripts of a package, and of one that it needs, under these settings? */
  function runsScript(npm: string[], name: string, npmrc = settings): boolean {
    const place = join(folder, name)
    const witness = join(place, 'ran')
    mkdirSync(join(place, 'dependency'), { recursive: true })
    writeFileSync(join(place, '.npmrc'), npmrc)
    const script = `node -e "require('fs').writeFileSync('${witness}', '')"`
    const scripts = { preinstall: script, install: script, postinstall: script, prepare: script }
    const files = {
      'package.json': {
        name: 'host',
        version: '1.0.0',
        dependencies: { dependency: 'file:dependency-1.0.0.tgz' },
        scripts,
      },
      'dependency/package.json': { name: 'dependency', version: '1.0.0', scripts },
    }
    for (const [file, content] of Object.entries(files))
      writeFileSync(join(place, file), JSON.stringify(content))
    // A packed one, as from the registry.
    execFileSync('npm', ['pack', '--ignore-scripts', './dependency'], { cwd: place, env, stdio: 'pipe' })
    const [command, ...before] = npm
    for (const what of ['install', 'ci']) {
      execFileSync(command, [...before, what, '--no-audit', '--no-fund', '--offline'], {
        cwd: place,
        env,
        stdio: 'pipe',
      })
    }
    expect(existsSync(join(place, 'node_modules', 'dependency'))).toBe(true)
    return existsSync(witness)
  }

  test('are not run, by no version of npm that comes with a supported Node', () => {
    expect(runsScript(['npm'], 'present')).toBe(false)
    const versions = ['9.5.1', '10.2.4', '10.9.2', '11.6.1'].slice(0, amount({ sample: 0, whole: 4 }))
    for (const version of versions) {
      const tools = join(folder, `tools-${version}`)
      mkdirSync(tools)
      execFileSync('npm', ['install', '--prefix', tools, '--no-audit', '--no-fund', `npm@${version}`], {
        stdio: 'pipe',
      })
      const cli = join(tools, 'node_modules', 'npm', 'bin', 'npm-cli.js')
      expect(runsScript([process.execPath, cli], version), version).toBe(false)
    }
    tell(11, { 'versions of npm that ran an install script': `0 of ${versions.length + 1}` })
  })

  test('would be seen: without the settings they run', () => {
    expect(runsScript(['npm'], 'control', '')).toBe(true)
  })
})
