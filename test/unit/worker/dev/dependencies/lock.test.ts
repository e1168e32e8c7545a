import { expect, test } from 'vitest'
import { type Lock, packageName, withAllBelow } from '../../../../../worker/dev/dependencies/lock.ts'

const of = (dependencies: Record<string, string> = {}) => ({ version: '1.0.0', dependencies })

test('what a package needs is found beside it, or above', () => {
  const lock: Lock = {
    '': of({ a: '1' }),
    'node_modules/a': of({ b: '1', c: '1' }),
    'node_modules/a/node_modules/b': of({ c: '2', a: '1' }),
    'node_modules/a/node_modules/b/node_modules/c': of(),
    'node_modules/b': of({ unused: '1' }),
    'node_modules/c': of(),
    'node_modules/unused': of(),
  }
  expect(withAllBelow(lock, ['a'])).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/a/node_modules/b/node_modules/c',
    'node_modules/c',
  ])
})

test('peers belong to it, but for optional ones; what is not installed does not', () => {
  const lock: Lock = {
    'node_modules/a': {
      version: '1.0.0',
      peerDependencies: { b: '1', c: '1' },
      peerDependenciesMeta: { c: { optional: true } },
      optionalDependencies: { absent: '1' },
    },
    'node_modules/b': of(),
    'node_modules/c': of(),
  }
  expect(withAllBelow(lock, ['a'])).toEqual(['node_modules/a', 'node_modules/b'])
})

test('names of packages', () => {
  expect(packageName('node_modules/a/node_modules/@b/c')).toBe('@b/c')
})
