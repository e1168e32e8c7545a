import { expect, test } from 'vitest'
import { arrivalOf, Downloads } from '../../../client/app/downloads.ts'

const network = { file: 'a/model.bin', bytes: 1000, sha256: '' }
const wasm = { file: 'b/run.wasm', bytes: 8000, packed: 2000, sha256: '' }

test('all files are one total from the beginning, in the bytes that travel', () => {
  const downloads = new Downloads()
  expect(downloads.sum).toBeNull()
  downloads.add([arrivalOf(network, 0), arrivalOf(wasm, 0)])
  expect(downloads.sum).toEqual({ loaded: 0, total: 3000, share: 0 })
  downloads.add([arrivalOf(network, 1000)])
  expect(downloads.sum).toEqual({ loaded: 1000, total: 3000, share: 1 / 3 })
  downloads.add([arrivalOf(wasm, 4000)])
  expect(downloads.sum).toEqual({ loaded: 2000, total: 3000, share: 2 / 3 })
  downloads.add([arrivalOf(wasm, 8000)])
  expect(downloads.sum).toBeNull()
})

test('a download that starts anew does not take back what was shown', () => {
  const downloads = new Downloads()
  downloads.add([arrivalOf(network, 0), arrivalOf(wasm, 6000)])
  downloads.add([arrivalOf(wasm, 0)])
  expect(downloads.sum).toEqual({ loaded: 1500, total: 3000, share: 0.5 })
})

test('a file that joins slows the share and never takes it back; once all is there the next begins anew', () => {
  const downloads = new Downloads()
  const of = (file: string, loaded: number, total: number) => downloads.add([{ file, loaded, total }])
  of('a', 0, 1000)
  of('a', 800, 1000)
  of('hair', 0, 800)
  expect(downloads.sum).toEqual({ loaded: 800, total: 1800, share: 0.8 })
  of('hair', 500, 800)
  expect(downloads.sum).toEqual({ loaded: 1300, total: 1800, share: 0.9 })
  of('a', 1000, 1000)
  of('hair', 800, 800)
  expect(downloads.sum).toBeNull()
  of('backbone', 0, 4000)
  expect(downloads.sum).toEqual({ loaded: 0, total: 4000, share: 0 })
  of('backbone', 1000, 4000)
  expect(downloads.sum).toEqual({ loaded: 1000, total: 4000, share: 0.25 })
})
