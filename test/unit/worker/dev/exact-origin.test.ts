import { expect, test } from 'vitest'
import { assertExactOrigin } from '../../../../worker/dev/exact-origin.ts'

test.each([
  'https://shop.example',
  'http://localhost:8787',
  'http://127.0.0.1:8787',
  'https://[2001:db8::1]:8443',
  'https://xn--bcher-kva.example',
])('%s is an origin', (origin) => {
  expect(() => assertExactOrigin(origin)).not.toThrow()
})

test.each([
  'https://*.example',
  'https://*',
  '*',
  'https://shop.example;script-src',
  "https://shop.example'",
  'https://shop.example,other.example',
  'https://shop.example/',
  'https://shop.example:443',
  'https://Shop.example',
  'https://shop.example https://other.example',
  'https://user@shop.example',
  'https://',
  'data:text/html,x',
  'null',
  '',
])('%s is none', (text) => {
  expect(() => assertExactOrigin(text)).toThrow('is no origin')
})
