import { describe, expect, it } from 'vitest'
import { alignedZip, type ZippedFile, zip } from '../../../client/result/zip.ts'
import { zippedFiles } from '../../support/zipped-files.ts'

const noise = Uint8Array.from({ length: 1001 }, (_, i) => (i * i * 31) >> 3)
const files: ZippedFile[] = [
  ['first.txt', 'Grüße\n'.repeat(50)],
  ['folder/a-longer-name.bin', noise],
  ['empty', new Uint8Array()],
  ['last.bin', noise.subarray(0, 63)],
]
const bytes = (content: Uint8Array | string) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

describe.each([
  ['zip', zip],
  ['alignedZip', alignedZip],
])('%s', (_, write) => {
  it('keeps files, their names and their order', async () => {
    const read = zippedFiles(await write(files))
    expect(read.map(({ path, content }) => [path, new Uint8Array(content)])).toEqual(
      files.map(([path, content]) => [path, new Uint8Array(bytes(content))]),
    )
  })

  it('gives the same bytes again', async () => {
    const first = await write(files)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await write(files)).toEqual(first)
  })
})

it('packs text', async () => {
  expect((await zip(files.slice(0, 1))).length).toBeLessThan(250)
})

it('packs nothing where contents are aligned, and begins each at a multiple of 64 bytes', async () => {
  const read = zippedFiles(await alignedZip(files))
  expect(read.map(({ isPacked }) => isPacked)).toEqual([false, false, false, false])
  expect(read.map(({ start }) => start % 64)).toEqual([0, 0, 0, 0])
})
