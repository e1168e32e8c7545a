import { expect, it } from 'vitest'
import { seedOf } from '../../evaluation/seed.ts'

it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('hashes %j as published for FNV-1a', (text, hash) => {
  expect(seedOf(text)).toBe(hash)
})
