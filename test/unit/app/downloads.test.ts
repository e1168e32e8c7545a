import { expect, test } from 'vitest'
import { arrivalOf, Downloads } from '../../../client/app/downloads.ts'

const network = { file: 'a/model.bin', bytes: 1000, sha256: '' }
const wasm = { file: 'b/run.wasm', bytes: 8000, packed: 2000, sha256: '' }

test('all files are one total from the beginning, in the bytes that travel', () => {
  const downloads = new Downloads()
  expect(downloads.sum).toBeNull()
  downloads.add([arrivalOf(network, 0), arrivalOf(wasm, 0)])
  expect(downloads.sum).toEqual({ loaded: 0, total: 3000 })
  downloads.add([arrivalOf(network, 1000)])
  expect(downloads.sum).toEqual({ loaded: 1000, total: 3000 })
  downloads.add([arrivalOf(wasm, 4000)])
  expect(downloads.sum).toEqual({ loaded: 2000, total: 3000 })
  downloads.add([arrivalOf(wasm, 8000)])
  expect(downloads.sum).toBeNull()
})

test('a download that starts anew does not take back what was shown', () => {
  const downloads = new Downloads()
  downloads.add([arrivalOf(network, 0), arrivalOf(wasm, 6000)])
  downloads.add([arrivalOf(wasm, 0)])
  expect(downloads.sum).toEqual({ loaded: 1500, total: 3000 })
})
