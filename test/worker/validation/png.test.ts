import { describe, expect, it } from 'vitest'
import { encodePng } from '../../../client/result/png.ts'
import { crc32 } from '../../../worker/validation/crc32.ts'
import { checkPng, decodePng } from '../../../worker/validation/png.ts'

const rules = { channels: 3, minSize: 8, maxSize: 64, multiple: 8 } as const
const noise = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * i * 31 + i) % 256)
const good = await encodePng(noise, 32, 32, 'rgb')
const decode = (bytes: Uint8Array) => decodePng('texture.png', bytes, rules)
const check = (bytes: Uint8Array) => checkPng('texture.png', bytes, rules)

interface Chunk {
  type: string
  data: Uint8Array
}

function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset)
  const chunks: Chunk[] = []
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    chunks.push({ type, data: png.slice(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

function pngOf(chunks: Chunk[]): Uint8Array {
  const parts = chunks.map(({ type, data }) => {
    const bytes = new Uint8Array(12 + data.length)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, data.length)
    bytes.set(new TextEncoder().encode(type), 4)
    bytes.set(data, 8)
    view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
    return bytes
  })
  return Uint8Array.from([...good.subarray(0, 8), ...parts.flatMap((part) => [...part])])
}

const [header, srgb, idat, end] = chunksOf(good)
const withHeader = (change: (view: DataView) => void) => {
  const data = header.data.slice()
  change(new DataView(data.buffer))
  return pngOf([{ type: 'IHDR', data }, srgb, idat, end])
}
const deflate = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(
    await new Response(
      new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate')),
    ).arrayBuffer(),
  )
const withData = async (bytes: Uint8Array<ArrayBuffer>) =>
  pngOf([header, srgb, { type: 'IDAT', data: await deflate(bytes) }, end])

const pieces = (count: number) =>
  Array.from({ length: count }, () => ({ type: 'IDAT', data: new Uint8Array() }))
/** A zlib stream with blocks that hold nothing before its own. */
const withEmptyBlocks = (zlib: Uint8Array, count: number) =>
  Uint8Array.from([
    ...zlib.slice(0, 2),
    ...Array.from({ length: count }, () => [0, 0, 0, 0xff, 0xff]).flat(),
    ...zlib.slice(2),
  ])

describe('decodePng', () => {
  it('gives back the pixels, whatever the filters', async () => {
    expect(decode(good).pixels).toEqual(noise)
    const smooth = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.floor(i / 7) % 256)
    expect(decode(await encodePng(smooth, 32, 32, 'rgb')).pixels).toEqual(smooth)
    for (let filter = 0; filter < 5; filter++) {
      const rows = Uint8Array.from({ length: 97 * 32 }, (_, i) => (i % 97 === 0 ? filter : 1))
      const { pixels } = decode(await withData(rows))
      // The last pixel of the first row: three of them summed by the filters that look to the left.
      expect(pixels[93]).toBe(filter === 1 || filter === 4 ? 32 : filter === 3 ? 1 : 1)
    }
  })

  it('takes several pieces of image data, and no sRGB chunk', async () => {
    const halves = [idat.data.slice(0, 100), idat.data.slice(100)].map((data) => ({ type: 'IDAT', data }))
    expect(decode(pngOf([header, ...halves, end])).pixels).toEqual(noise)
    expect(decode(pngOf([header, ...pieces(4095), idat, end])).pixels).toEqual(noise)
  })

  it.each<[string, Uint8Array | Promise<Uint8Array>, string]>([
    ['no signature', good.slice(1), 'png-signature'],
    ['an empty file', new Uint8Array(), 'png-signature'],
    ['a cut end', good.slice(0, -5), 'png-truncated'],
    ['bytes after the end', Uint8Array.from([...good, 0]), 'png-trailing'],
    ['a wrong check sum', good.map((byte, i) => (i === good.length - 30 ? byte ^ 1 : byte)), 'png-crc'],
    ['text', pngOf([header, { type: 'tEXt', data: new Uint8Array(4) }, idat, end]), 'png-chunk'],
    ['a colour profile', pngOf([header, { type: 'iCCP', data: new Uint8Array(4) }, idat, end]), 'png-chunk'],
    ['EXIF', pngOf([header, idat, { type: 'eXIf', data: new Uint8Array(4) }, end]), 'png-chunk'],
    ['two headers', pngOf([header, header, idat, end]), 'png-chunk'],
    ['no data', pngOf([header, end]), 'png-chunk'],
    ['sRGB after the data', pngOf([header, idat, srgb, end]), 'png-chunk'],
    ['another shape', withHeader((view) => view.setUint32(0, 24)), 'png-size'],
    [
      'an enormous size',
      withHeader((view) => [0, 4].map((at) => view.setUint32(at, 0x7ffffff8))),
      'png-size',
    ],
    ['16 bits', withHeader((view) => view.setUint8(8, 16)), 'png-layout'],
    ['a palette', withHeader((view) => view.setUint8(9, 3)), 'png-layout'],
    ['interlacing', withHeader((view) => view.setUint8(12, 1)), 'png-layout'],
    [
      'damaged data',
      pngOf([header, { type: 'IDAT', data: idat.data.map((b, i) => (i === 40 ? b ^ 255 : b)) }, end]),
      'png-data',
    ],
    ['too little data', withData(new Uint8Array(97 * 31)), 'png-data'],
    [
      'data that goes on',
      pngOf([header, { type: 'IDAT', data: Uint8Array.from([...idat.data, 1]) }, end]),
      'png-data',
    ],
    ['more pieces than an encoder makes', pngOf([header, ...pieces(4096), idat, end]), 'png-pieces'],
    [
      'a stream of empty blocks',
      pngOf([header, { type: 'IDAT', data: withEmptyBlocks(idat.data, 1000) }, end]),
      'png-data',
    ],
    ['an unknown filter', withData(new Uint8Array(97 * 32).fill(7)), 'png-filter'],
  ])('refuses %s', async (_, bytes, code) => {
    const file = await bytes
    const refusal = expect.objectContaining({ name: 'ValidationError', part: 'texture.png', code })
    expect(() => decode(file)).toThrow(refusal)
    expect(() => check(file)).toThrow(refusal)
  })

  it('stops a decompression bomb at the first byte too many', async () => {
    // 64 MB of zeros in 64 kB.
    const bomb = await withData(new Uint8Array(64 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(100_000)
    const start = performance.now()
    expect(() => decode(bomb)).toThrow(expect.objectContaining({ code: 'png-data' }))
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('refuses a million pieces at the first too many, not at the last', () => {
    const empty = pngOf(pieces(1)).subarray(8)
    const start = pngOf([header, idat])
    const file = new Uint8Array(16 * 2 ** 20)
    file.set(start)
    for (let at = start.length; at + empty.length <= file.length; at += empty.length) file.set(empty, at)
    expect(() => decode(file)).toThrow(expect.objectContaining({ code: 'png-pieces' }))
  })
})
