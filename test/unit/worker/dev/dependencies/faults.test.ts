import { expect, test } from 'vitest'
import { faultsOf, toAccept } from '../../../../../worker/dev/dependencies/faults.ts'
import type { Lock, Manifest } from '../../../../../worker/dev/dependencies/lock.ts'

const integrity = 'sha512-AAAA'
const manifest: Manifest = {
  name: 'project',
  dependencies: { a: '1.0.0' },
  devDependencies: { b: '2.0.0-dev.3' },
  optionalDependencies: {},
}
const lock: Lock = {
  '': { version: '0.1.0', dependencies: { a: '1.0.0' }, devDependencies: { b: '2.0.0-dev.3' } },
  'node_modules/a': { version: '1.0.0', integrity, license: 'MIT', dependencies: { c: '^1' } },
  'node_modules/a/node_modules/c': { version: '1.2.0', integrity, license: 'ISC', hasInstallScript: true },
  'node_modules/b': { version: '2.0.0-dev.3', integrity, license: 'MIT', dev: true },
}
const data = { d: { version: '1.0.0', integrity, files: [] } }
const accepted = toAccept(lock, data)
const faults = (change: { manifest?: Manifest; lock?: Lock; accepted?: object }) =>
  faultsOf(change.manifest ?? manifest, change.lock ?? lock, { ...accepted, ...change.accepted }, data)

test('what was looked at has no fault', () => {
  expect(accepted).toEqual({
    a: 'MIT',
    b: 'MIT',
    c: 'ISC; asks for an install script, which is not run',
    d: 'files for models',
  })
  expect(faultsOf(manifest, lock, accepted, data)).toEqual([])
})

test.each(['^1.0.0', '~1.0.0', '1.x', '*', 'latest', 'git+https://a.example/a.git', 'file:../a'])(
  'a range, a branch or a folder is no version: %s',
  (range) => {
    const loose = { ...manifest, dependencies: { a: range } }
    const locked = { ...lock, '': { ...lock[''], dependencies: { a: range } } }
    expect(faults({ manifest: loose, lock: locked })).toEqual([
      `package.json asks for a ${range}: give one version.`,
    ])
  },
)

test('a lock that is not of this package.json', () => {
  const newer = { ...manifest, dependencies: { a: '1.0.1' } }
  expect(faults({ manifest: newer })).toEqual(['package-lock.json does not have a 1.0.1: run npm install.'])
})

test.each([
  ['sha1 alone', { integrity: 'sha1-AAAA' }, 'is locked without its sha512'],
  ['no hash', { integrity: undefined }, 'is locked without its sha512'],
  [
    'another place',
    { resolved: 'https://elsewhere.example/a.tgz' },
    'is locked to https://elsewhere.example/a.tgz',
  ],
  ['a new licence', { license: 'GPL-3.0' }, 'a was accepted as MIT: GPL-3.0.'],
  ['no licence', { license: undefined }, 'a was accepted as MIT: no licence.'],
  ['a new script', { hasInstallScript: true }, 'a was accepted as MIT: MIT; asks for an install script'],
])('%s is a fault', (_, change, sentence) => {
  const changed = { ...lock, 'node_modules/a': { ...lock['node_modules/a'], ...change } }
  const found = faults({ lock: changed })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(sentence)
})

test('a second version of a package with another licence is a fault', () => {
  const second = {
    ...lock,
    'node_modules/b/node_modules/a': { version: '2.0.0', integrity, license: 'GPL-2.0' },
  }
  expect(faults({ lock: second })[0]).toContain('a was accepted as MIT: GPL-2.0, or: MIT.')
})

test('a new package is a fault, whatever it is called, and so is one that has gone', () => {
  for (const name of ['new', 'constructor', 'toString']) {
    const more = { ...lock, [`node_modules/${name}`]: { version: '1.0.0', integrity, license: 'MIT' } }
    expect(faults({ lock: more })[0]).toContain(`${name} is new: MIT.`)
  }
  expect(faults({ accepted: { gone: 'MIT' } })[0]).toContain('gone is accepted and not used')
})
