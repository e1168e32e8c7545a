/**
 * The table of photo formats: every way a picture may be stored, and what has to come out of it, in Node as in a browser. The
 * files are made here, by definition of what they store, so that the right answer is known without any decoder.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { adobeYcckInks, cmykTiff, inkProfile, plainInks } from './cmyk.ts'
import { type ColourSpace, iccProfile, spaces, srgbDecode, storedIn } from './colours.ts'
import { exif, exifSegment, profileSegments, segment, withSegments } from './jpeg.ts'
import {
  clearPicture,
  greyPicture,
  mapped,
  negative,
  onWhite,
  oriented,
  type Picture,
  picture,
  posterised,
} from './picture.ts'
import {
  animated,
  chromaticitiesChunk,
  cicpChunk,
  clearColour,
  exifChunk,
  gammaChunk,
  png,
  profileChunk,
  srgbChunk,
} from './png.ts'

/** The code of the CaptureError by which a file is refused. */
type Refusal = 'empty' | 'not-an-image' | 'heic' | 'unread-format' | 'damaged' | 'too-large'
type ByReader<T> = T | { node: T; browser: T }

export interface FormatCase {
  name: string
  file: () => Promise<Uint8Array> | Uint8Array
  /** null: nothing is asked of this reader. */
  shows: ByReader<Picture | Refusal | null>
  /** Levels (0..255): mean absolute difference over the whole picture. */
  within: ByReader<number>
  /** Why it may be further off than a lossless file (1) or a lossy one (2.5). */
  because?: string
}

export const losslessWithin = 1
export const lossyWithin = 2.5

const sharpOf = ({ width, height, channels, data }: Picture): Sharp =>
  sharp(Buffer.from(Uint8Array.from(data, Math.round)), {
    raw: { width, height, channels: channels as 3 | 4 },
  })

/** The picture in another colour space, with its profile. */
async function withProfile(
  image: Sharp,
  space: ColourSpace,
  write: (image: Sharp) => Sharp,
): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'))
  try {
    const path = join(folder, 'profile.icc')
    writeFileSync(path, iccProfile(space))
    return await write(image.withIccProfile(path)).toBuffer()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Chroma at full size and little loss: how much is lost is not what the table is about. */
const fine = { quality: 100, chromaSubsampling: '4:4:4' }
const jpeg = (of: Picture = picture) => sharpOf(of).jpeg(fine).toBuffer()
const grey = (of: Picture) => sharpOf(of).toColourspace('b-w')
const patched = (file: Buffer, at: number, bytes: readonly number[]) => {
  const copy = Buffer.from(file)
  copy.set(bytes, at)
  return copy
}
/** Primaries and transfer function in place of those that the encoder writes. */
async function avifNamed(of: Picture, primaries: number, transfer: number, bitdepth: 8 | 10 = 8) {
  const avif = await sharpOf(of).avif({ lossless: true, bitdepth }).toBuffer()
  return patched(avif, avif.indexOf('nclx') + 4, [0, primaries, 0, transfer])
}
const inkJpeg = async (inks: Parameters<typeof cmykTiff>[1]) =>
  sharp(cmykTiff(picture, inks)).pipelineColourspace('cmyk').toColourspace('cmyk').jpeg(fine).toBuffer()
/** Adobe's mark says luma and chroma (2) instead of plain inks (0). */
async function ycckJpeg(): Promise<Buffer> {
  const file = await inkJpeg(adobeYcckInks)
  return patched(file, file.indexOf('Adobe') + 11, [2])
}
/** Uncompressed, 24 bits, from the last row up. */
function bmp({ width, height, data }: Picture, { older = false } = {}): Buffer {
  const start = older ? 26 : 54
  const head = Buffer.alloc(start)
  head.write('BM')
  head.writeUInt32LE(start + 3 * width * height, 2)
  head.writeUInt32LE(start, 10)
  head.writeUInt32LE(start - 14, 14)
  if (older) for (const [i, value] of [width, height, 1, 24].entries()) head.writeUInt16LE(value, 18 + 2 * i)
  else {
    head.writeInt32LE(width, 18)
    head.writeInt32LE(height, 22)
    head.writeUInt16LE(1, 26)
    head.writeUInt16LE(24, 28)
  }
  const rows = Array.from({ length: height }, (_, y) => {
    const row = (height - 1 - y) * width
    return Array.from({ length: 3 * width }, (_, i) => data[3 * (row + Math.floor(i / 3)) + 2 - (i % 3)])
  })
  return Buffer.concat([head, Buffer.from(rows.flat())])
}

const lossless = (
  name: string,
  file: FormatCase['file'],
  shows: FormatCase['shows'] = picture,
): FormatCase => ({
  name,
  file,
  shows,
  within: losslessWithin,
})
const lossy = (name: string, file: FormatCase['file'], shows: FormatCase['shows'] = picture): FormatCase => ({
  name,
  file,
  shows,
  within: lossyWithin,
})
const refused = (name: string, file: FormatCase['file'], shows: FormatCase['shows']): FormatCase => ({
  name,
  file,
  shows,
  within: 0,
})

const { displayP3, adobeRgb, linear, gamma18, gamma22, gamma24, proPhoto, rec2020 } = spaces
const profileOf = (space: ColourSpace) => profileChunk(iccProfile(space))
const greyAlpha = mapped(clearPicture, (level, channel, pixel) =>
  channel === 3 ? level : greyPicture.data[3 * pixel],
)
const depths = [8, 16] as const
const orientations = [1, 2, 3, 4, 5, 6, 7, 8]
const nodeOnly = (shows: Picture) => ({ node: shows, browser: 'unread-format' as const })

const pngs: FormatCase[] = [
  ...depths.flatMap((depth) => [
    lossless(`PNG of ${depth} bits`, () => png(picture, { depth })),
    lossless(`PNG of ${depth} bits with a Display P3 profile`, () =>
      png(storedIn(displayP3, picture), { depth, chunks: [profileOf(displayP3)] }),
    ),
    lossless(`PNG of ${depth} bits with an Adobe RGB profile`, () =>
      png(storedIn(adobeRgb, picture), { depth, chunks: [profileOf(adobeRgb)] }),
    ),
    lossless(`PNG of ${depth} bits with a profile cut short`, () =>
      png(picture, { depth, chunks: [profileChunk(iccProfile(displayP3).subarray(0, 200))] }),
    ),
    lossless(`PNG of ${depth} bits with the profile of a grey picture`, () =>
      png(picture, { depth, chunks: [profileChunk(iccProfile(gamma18, 'GRAY'))] }),
    ),
    lossless(`PNG of ${depth} bits with cICP Display P3`, () =>
      png(storedIn(displayP3, picture), { depth, chunks: [cicpChunk(12, 13)] }),
    ),
    lossless(`PNG of ${depth} bits, half clear`, () => png(clearPicture, { depth }), onWhite(clearPicture)),
    lossless(
      `PNG of ${depth} bits, half clear, with a Display P3 profile`,
      () => png(storedIn(displayP3, clearPicture), { depth, chunks: [profileOf(displayP3)] }),
      onWhite(clearPicture),
    ),
    lossless(
      `PNG of ${depth} bits, half clear, with cICP Display P3`,
      () => png(storedIn(displayP3, clearPicture), { depth, chunks: [cicpChunk(12, 13)] }),
      onWhite(clearPicture),
    ),
    lossless(`grey PNG of ${depth} bits`, () => png(greyPicture, { depth, type: 'grey' }), greyPicture),
    lossless(
      `grey PNG of ${depth} bits, half clear`,
      () => png(greyAlpha, { depth, type: 'greyAlpha' }),
      onWhite(greyAlpha),
    ),
    lossless(
      `grey PNG of ${depth} bits with a profile`,
      () =>
        png(storedIn(gamma18, greyPicture), {
          depth,
          type: 'grey',
          chunks: [profileChunk(iccProfile(gamma18, 'GRAY'))],
        }),
      greyPicture,
    ),
    lossless(
      `grey PNG of ${depth} bits with the profile of a coloured picture`,
      () => png(storedIn(gamma18, greyPicture), { depth, type: 'grey', chunks: [profileOf(gamma18)] }),
      greyPicture,
    ),
    lossless(
      `grey PNG of ${depth} bits with gAMA 1 / 1.8`,
      () => png(storedIn(gamma18, greyPicture), { depth, type: 'grey', chunks: [gammaChunk(1 / 1.8)] }),
      greyPicture,
    ),
    lossless(`PNG of ${depth} bits with gAMA 1 / 1.8`, () =>
      png(storedIn(gamma18, picture), { depth, chunks: [gammaChunk(1 / 1.8)] }),
    ),
  ]),
  lossless('PNG with gAMA 1', () => png(storedIn(linear, picture), { chunks: [gammaChunk(1)] })),
  {
    name: 'PNG of 16 bits with gAMA 1',
    file: () => png(storedIn(linear, picture), { depth: 16, chunks: [gammaChunk(1)] }),
    shows: picture,
    within: { node: losslessWithin, browser: 1.6 },
    because: 'Chromium rounds linear light to few levels where it is dark',
  },
  lossless('PNG with gAMA 1 / 2.2 alone, which stands for sRGB', () =>
    png(picture, { chunks: [gammaChunk(0.45455)] }),
  ),
  lossless('PNG with gAMA 1 / 2.2 and the primaries of sRGB', () =>
    png(storedIn(gamma22, picture), {
      chunks: [gammaChunk(0.45455), chromaticitiesChunk(gamma22.chromaticities)],
    }),
  ),
  ...[0.432, 0.45, 0.477].map((gamma) =>
    lossless(`PNG with gAMA ${gamma} alone, which is near enough`, () =>
      png(picture, { chunks: [gammaChunk(gamma)] }),
    ),
  ),
  lossless('PNG with two gAMA chunks, of which the first counts', () =>
    png(storedIn(gamma18, picture), { chunks: [gammaChunk(1 / 1.8), gammaChunk(1)] }),
  ),
  lossless('PNG with gAMA 0, which says nothing', () => png(picture, { chunks: [gammaChunk(0)] })),
  lossless('PNG with gAMA 1 and primaries that do not exist', () =>
    png(picture, { chunks: [gammaChunk(1), chromaticitiesChunk(Array(4).fill([0, 0]))] }),
  ),
  lossless('PNG with gAMA 1 / 1.8 and a profile that is none', () =>
    png(storedIn(gamma18, picture), { chunks: [profileChunk(new Uint8Array(300)), gammaChunk(1 / 1.8)] }),
  ),
  lossless('PNG with gAMA, and primaries and white of ProPhoto RGB', () =>
    png(storedIn(proPhoto, picture), {
      depth: 16,
      chunks: [gammaChunk(1 / 1.8), chromaticitiesChunk(proPhoto.chromaticities)],
    }),
  ),
  lossless('PNG with gAMA and cHRM of Adobe RGB', () =>
    png(storedIn(adobeRgb, picture), {
      chunks: [gammaChunk(256 / 563), chromaticitiesChunk(adobeRgb.chromaticities)],
    }),
  ),
  lossless('PNG with cHRM alone', () =>
    png(picture, { chunks: [chromaticitiesChunk(displayP3.chromaticities)] }),
  ),
  lossless('PNG whose sRGB goes before gAMA', () => png(picture, { chunks: [gammaChunk(1), srgbChunk()] })),
  lossless('PNG whose profile goes before gAMA', () =>
    png(storedIn(displayP3, picture), { chunks: [gammaChunk(1), profileOf(displayP3)] }),
  ),
  lossless('PNG whose profile goes before sRGB', () =>
    png(storedIn(displayP3, picture), { chunks: [profileOf(displayP3), srgbChunk()] }),
  ),
  lossless('PNG whose cICP goes before a profile', () =>
    png(storedIn(displayP3, picture), { chunks: [cicpChunk(12, 13), profileOf(adobeRgb)] }),
  ),
  lossless('PNG whose cICP goes before sRGB', () =>
    png(storedIn(displayP3, picture), { chunks: [cicpChunk(12, 13), srgbChunk()] }),
  ),
  lossless('PNG whose cICP says nothing', () => png(picture, { chunks: [cicpChunk(2, 2)] })),
  lossless('PNG whose cICP says nothing beside a profile', () =>
    png(storedIn(displayP3, picture), { chunks: [cicpChunk(2, 2), profileOf(displayP3)] }),
  ),
  lossless('PNG whose cICP is not of full range, which PNG does not have', () =>
    png(picture, { chunks: [cicpChunk(12, 13, 0)] }),
  ),
  lossless('PNG with cICP BT.709', () => png(storedIn(gamma24, picture), { chunks: [cicpChunk(1, 1)] })),
  lossless('PNG with cICP BT.2020', () =>
    png(storedIn(rec2020, picture), { depth: 16, chunks: [cicpChunk(9, 14)] }),
  ),
  lossless('PNG with cICP gamma 2.2', () => png(storedIn(gamma22, picture), { chunks: [cicpChunk(1, 4)] })),
  {
    name: 'PNG with cICP PQ',
    file: () => png(picture, { depth: 16, chunks: [cicpChunk(9, 16)] }),
    shows: { node: 'unread-format', browser: null },
    within: 0,
    because: 'how much of its brightness a browser shows depends on the browser and the screen',
  },
  {
    name: 'PNG with cICP HLG',
    file: () => png(picture, { depth: 16, chunks: [cicpChunk(9, 18)] }),
    shows: { node: 'unread-format', browser: null },
    within: 0,
    because: 'likewise',
  },
  lossless('PNG of a palette', () => sharpOf(posterised).png({ palette: true }).toBuffer(), posterised),
  lossless(
    'PNG of a palette with clear entries',
    () =>
      sharpOf(mapped(clearPicture, (level) => (level < 128 ? 0 : 255)))
        .png({ palette: true })
        .toBuffer(),
    onWhite(mapped(clearPicture, (level) => (level < 128 ? 0 : 255))),
  ),
  lossless('interlaced PNG', () => sharpOf(picture).png({ progressive: true }).toBuffer()),
  lossless('animated PNG, its first frame', () => animated(picture, negative)),
  ...orientations.map((orientation) =>
    lossless(
      `PNG with orientation ${orientation}`,
      () => png(picture, { chunks: [exifChunk(exif(orientation))] }),
      oriented(picture, orientation),
    ),
  ),
  ...depths.map((depth) =>
    lossless(
      `PNG of ${depth} bits with one clear colour`,
      () => {
        const [r, g, b] = posterised.data
        return png(posterised, {
          depth,
          chunks: [clearColour(depth === 8 ? [r, g, b] : [257 * r, 257 * g, 257 * b])],
        })
      },
      mapped(posterised, (level, _, pixel) =>
        [0, 1, 2].every((c) => posterised.data[3 * pixel + c] === posterised.data[c]) ? 255 : level,
      ),
    ),
  ),
  lossless('PNG with bytes behind its end', () => Buffer.concat([png(picture), Buffer.alloc(600_000, 7)])),
  refused('PNG without its end', () => png(picture).subarray(0, -12), 'damaged'),
]

const jpegs: FormatCase[] = [
  lossy('JPEG', () => jpeg()),
  lossy('JPEG with half the chroma', () => sharpOf(picture).jpeg({ quality: 90 }).toBuffer()),
  lossy('progressive JPEG', () =>
    sharpOf(picture)
      .jpeg({ ...fine, progressive: true })
      .toBuffer(),
  ),
  lossy('grey JPEG', () => grey(greyPicture).jpeg(fine).toBuffer(), greyPicture),
  lossy(
    'grey JPEG with a profile',
    async () =>
      withSegments(
        await grey(storedIn(gamma18, greyPicture)).jpeg(fine).toBuffer(),
        profileSegments(iccProfile(gamma18, 'GRAY'), 1),
      ),
    greyPicture,
  ),
  lossy('JPEG with a Display P3 profile', async () =>
    withSegments(await jpeg(storedIn(displayP3, picture)), profileSegments(iccProfile(displayP3), 1)),
  ),
  lossy('JPEG with an Adobe RGB profile in five segments', async () =>
    withSegments(await jpeg(storedIn(adobeRgb, picture)), profileSegments(iccProfile(adobeRgb), 5)),
  ),
  lossy('JPEG of inks (CMYK) without a profile', () => inkJpeg(plainInks)),
  lossy('JPEG of inks (CMYK) with a profile', async () =>
    withSegments(await inkJpeg(plainInks), profileSegments(inkProfile(srgbDecode), 2)),
  ),
  lossy('JPEG of inks in luma and chroma (YCCK)', ycckJpeg),
  ...orientations.map((orientation) =>
    lossy(
      `JPEG with orientation ${orientation}`,
      async () => withSegments(await jpeg(), [exifSegment(exif(orientation))]),
      oriented(picture, orientation),
    ),
  ),
  lossy(
    'JPEG with orientation 6 in the other order of bytes',
    async () => withSegments(await jpeg(), [exifSegment(exif(6, { littleEndian: true }))]),
    oriented(picture, 6),
  ),
  lossy('JPEG with an orientation that does not exist', async () =>
    withSegments(await jpeg(), [exifSegment(exif(9))]),
  ),
  lossy(
    'JPEG whose thumbnail has another orientation',
    async () => withSegments(await jpeg(), [exifSegment(exif(6, { thumbnail: await jpeg(negative) }))]),
    oriented(picture, 6),
  ),
  lossy(
    'JPEG whose XMP says another orientation than its EXIF',
    async () =>
      withSegments(await jpeg(), [
        exifSegment(exif(6)),
        segment(
          0xe1,
          Buffer.from(
            'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="3"/></rdf:RDF></x:xmpmeta>',
          ),
        ),
      ]),
    oriented(picture, 6),
  ),
  lossy('JPEG with a video behind its end', async () =>
    Buffer.concat([await jpeg(), Buffer.alloc(700_000, 0x55)]),
  ),
  lossy('JPEG with a second picture behind its end', async () =>
    Buffer.concat([await jpeg(), await jpeg(negative)]),
  ),
  lossy('JPEG with a second picture, cut off, behind its end', async () =>
    Buffer.concat([await jpeg(), (await jpeg(negative)).subarray(0, 900)]),
  ),
  refused('JPEG without its end', async () => (await jpeg()).subarray(0, -2), 'damaged'),
  refused(
    'JPEG cut off behind its thumbnail, which has an end',
    async () => {
      const whole = withSegments(await jpeg(), [exifSegment(exif(1, { thumbnail: await jpeg(negative) }))])
      return whole.subarray(0, -1500)
    },
    'damaged',
  ),
]

const others: FormatCase[] = [
  lossless('lossless WebP', () => sharpOf(picture).webp({ lossless: true }).toBuffer()),
  lossy('lossy WebP', () => sharpOf(picture).webp({ quality: 95 }).toBuffer()),
  lossless('lossless WebP with a Display P3 profile', () =>
    withProfile(sharpOf(picture), displayP3, (image) => image.webp({ lossless: true })),
  ),
  lossless(
    'lossless WebP, half clear',
    () => sharpOf(clearPicture).webp({ lossless: true }).toBuffer(),
    onWhite(clearPicture),
  ),
  lossless('animated WebP, its first frame', () =>
    animation().then((frames) => frames.webp({ lossless: true }).toBuffer()),
  ),
  ...orientations.map((orientation) =>
    lossless(
      `lossless WebP with orientation ${orientation}`,
      () => sharpOf(picture).withMetadata({ orientation }).webp({ lossless: true }).toBuffer(),
      oriented(picture, orientation),
    ),
  ),
  lossless(
    'lossless WebP whose EXIF has no prefix, and the other order of bytes',
    async () => {
      const webp = await sharpOf(picture).withMetadata({ orientation: 3 }).webp({ lossless: true }).toBuffer()
      const metadata = exif(6)
      const head = Buffer.from('EXIF\0\0\0\0')
      head.writeUInt32LE(metadata.length, 4)
      const file = Buffer.concat([webp.subarray(0, webp.indexOf('EXIF')), head, metadata])
      file.writeUInt32LE(file.length - 8, 4)
      return file
    },
    oriented(picture, 6),
  ),
  lossless('WebP with bytes behind its end', async () =>
    Buffer.concat([await sharpOf(picture).webp({ lossless: true }).toBuffer(), Buffer.alloc(5000, 7)]),
  ),

  lossless('lossless AVIF', () => avifNamed(picture, 1, 13)),
  lossy('lossy AVIF', () => sharpOf(picture).avif({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()),
  lossless('lossless AVIF with a Display P3 profile', () =>
    withProfile(sharpOf(picture), displayP3, (image) => image.avif({ lossless: true })),
  ),
  lossless('lossless AVIF with the codes of Display P3', () =>
    avifNamed(storedIn(displayP3, picture), 12, 13),
  ),
  lossless('lossless AVIF with the codes of BT.709, taken as sRGB', () => avifNamed(picture, 1, 1)),
  lossless('lossless AVIF with codes that say nothing', () => avifNamed(picture, 2, 2)),
  lossless('lossless AVIF with the code of linear light', () => avifNamed(storedIn(linear, picture), 1, 8)),
  lossy('AVIF of 10 bits', () =>
    sharpOf(picture)
      .avif({ ...fine, quality: 95, bitdepth: 10 })
      .toBuffer(),
  ),
  lossy('AVIF of 10 bits with a Display P3 profile', () =>
    withProfile(sharpOf(picture), displayP3, (image) => image.avif({ ...fine, quality: 95, bitdepth: 10 })),
  ),
  lossless('lossless AVIF of 10 bits with the codes of Display P3', () =>
    avifNamed(storedIn(displayP3, picture), 12, 13, 10),
  ),
  {
    name: 'AVIF, half clear',
    file: () => sharpOf(clearPicture).avif({ lossless: true }).toBuffer(),
    shows: onWhite(clearPicture),
    within: { node: losslessWithin, browser: 6.5 },
    because:
      'the encoder marks its opacity as of video range, which its decoder passes over and Chromium heeds',
  },
  ...orientations.map((orientation) =>
    lossless(
      `lossless AVIF with orientation ${orientation}`,
      () => sharpOf(picture).withMetadata({ orientation }).avif({ lossless: true }).toBuffer(),
      oriented(picture, orientation),
    ),
  ),
  lossless('AVIF whose EXIF says another orientation than its own property', async () => {
    const avif = await sharpOf(picture).withMetadata({ orientation: 3 }).avif({ lossless: true }).toBuffer()
    return patched(avif, avif.indexOf('irot') + 4, [0])
  }),

  lossless('GIF', () => sharpOf(posterised).gif({ dither: 0 }).toBuffer(), posterised),
  lossless(
    'GIF with clear pixels',
    () =>
      sharpOf(mapped(clearPicture, (level) => (level < 128 ? 0 : 255)))
        .gif({ dither: 0 })
        .toBuffer(),
    onWhite(mapped(clearPicture, (level) => (level < 128 ? 0 : 255))),
  ),
  lossless(
    'animated GIF, its first frame',
    () => animation(posterised).then((frames) => frames.gif({ dither: 0 }).toBuffer()),
    posterised,
  ),
  lossless(
    'GIF with bytes behind its end',
    async () =>
      Buffer.concat([await sharpOf(posterised).gif({ dither: 0 }).toBuffer(), Buffer.alloc(5000, 7)]),
    posterised,
  ),

  lossless('BMP', () => bmp(picture), { node: 'unread-format', browser: picture }),
  lossless('BMP with the older header', () => bmp(picture, { older: true }), {
    node: 'unread-format',
    browser: picture,
  }),

  ...(['lzw', 'none', 'deflate'] as const).map((compression) =>
    lossless(
      `TIFF (${compression})`,
      () => sharpOf(picture).tiff({ compression }).toBuffer(),
      nodeOnly(picture),
    ),
  ),
  lossless('TIFF of 16 bits', () => deep().tiff({ compression: 'lzw' }).toBuffer(), nodeOnly(picture)),
  lossless(
    'TIFF of 16 bits with a Display P3 profile',
    () => withProfile(deep(), displayP3, (image) => image.tiff({ compression: 'lzw' })),
    nodeOnly(picture),
  ),
  lossless(
    'TIFF of floating-point numbers',
    () => sharpOf(picture).toColourspace('scrgb').tiff({ compression: 'lzw' }).toBuffer(),
    nodeOnly(picture),
  ),
  lossless('TIFF of inks (CMYK) without a profile', () => cmykTiff(picture, plainInks), nodeOnly(picture)),
  lossless(
    'TIFF, half clear',
    () => sharpOf(clearPicture).tiff({ compression: 'lzw' }).toBuffer(),
    nodeOnly(onWhite(clearPicture)),
  ),
  lossless(
    'TIFF with orientation 6',
    () => sharpOf(picture).withMetadata({ orientation: 6 }).tiff({ compression: 'lzw' }).toBuffer(),
    nodeOnly(oriented(picture, 6)),
  ),
]

const deep = () => sharpOf(picture).toColourspace('rgb16')

/** Two frames, the second the negative. */
async function animation(first: Picture = picture): Promise<Sharp> {
  const frames = await Promise.all([first, negative].map((frame) => sharpOf(frame).png().toBuffer()))
  return sharp(frames, { join: { animated: true } })
}

/** An AVIF that says it is a HEIC: decoders go by what a file says. */
async function heic(brand: string): Promise<Buffer> {
  const avif = await sharpOf(picture).avif().toBuffer()
  const ftyp = Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}`, 'latin1')
  return Buffer.concat([ftyp, avif.subarray(avif.readUInt32BE(0))])
}

const cut = (
  name: string,
  file: () => Promise<Uint8Array> | Uint8Array,
  shows: FormatCase['shows'] = 'damaged',
) =>
  [0.3, 0.6, 0.95].map((share) =>
    refused(
      `${name} cut off at ${100 * share}%`,
      async () => {
        const whole = await file()
        return whole.subarray(0, whole.length * share)
      },
      shows,
    ),
  )

/** Noise, so that files have a body to cut. */
const noise = mapped(picture, (level, channel, pixel) => (level + 97 * channel + 7919 * pixel) % 256)

const refusals: FormatCase[] = [
  refused('no bytes', () => new Uint8Array(0), 'empty'),
  refused(
    'text',
    () => Buffer.from('Dear Sir or Madam, this is a letter and not a photograph.'),
    'not-an-image',
  ),
  refused('a few bytes of a JPEG', async () => (await jpeg()).subarray(0, 12), 'not-an-image'),
  refused('HEIC', () => heic('heic'), 'heic'),
  refused('HEIC of the general brand', () => heic('mif1'), 'heic'),
  refused('HEIC of 10 bits', () => heic('heix'), 'heic'),
  refused(
    'JPEG XL',
    () => Buffer.from(`\0\0\0\fJXL \r\n\x87\n${'\0'.repeat(40)}`, 'latin1'),
    'unread-format',
  ),
  refused('Photoshop', () => Buffer.from(`8BPS\0\x01${'\0'.repeat(40)}`, 'latin1'), 'unread-format'),
  ...cut('PNG', () => png(noise)),
  ...cut('JPEG', () => jpeg(noise)),
  ...cut('progressive JPEG', () => sharpOf(noise).jpeg({ progressive: true }).toBuffer()),
  ...cut('lossless WebP', () => sharpOf(noise).webp({ lossless: true }).toBuffer()),
  ...cut('lossy WebP', () => sharpOf(noise).webp().toBuffer()),
  ...cut('AVIF', () => sharpOf(noise).avif().toBuffer()),
  ...cut('GIF', () => sharpOf(noise).gif().toBuffer()),
  ...cut('BMP', () => bmp(noise), { node: 'unread-format', browser: 'damaged' }),
  ...cut('TIFF', () => sharpOf(noise).tiff({ compression: 'lzw' }).toBuffer(), {
    node: 'damaged',
    browser: 'unread-format',
  }),
  ...(
    [
      [10_000, 10_000],
      [8_001, 8_000],
    ] as const
  ).map(([width, height]) =>
    refused(
      `PNG whose header says ${width} x ${height}`,
      () => png({ ...picture, width: 1, height: 1 }, { size: [width, height] }),
      'too-large',
    ),
  ),
]

export const cases: FormatCase[] = [...pngs, ...jpegs, ...others, ...refusals]
