import { CaptureError } from '../capture/capture-error.ts'
import { refuseTooLarge } from '../capture/open/photo-errors.ts'
import { shortName } from '../capture/open/short-name.ts'
import { displayP3, toSrgb } from '../capture/open/stored-colours.ts'
import type { Photo } from '../image/photo.ts'

/** RGBA, row-major, 0..255, opaque or not: `width * height * 4`. Such as a canvas's `ImageData`. */
export interface Pixels {
  width: number
  height: number
  data: Uint8ClampedArray | Uint8Array
  /** What the values are encoded in; default: sRGB. */
  colorSpace?: string
}

/**
 * A photo in any of the forms it comes in: a file (`Blob`, `File`), its bytes, its address (in Node also a path), or
 * decoded RGBA pixels such as `ImageData`. JPEG, PNG, WebP, GIF and AVIF are read everywhere; TIFF in Node; BMP, TIFF and HEIC
 * in browsers that read them. At most 64 megapixels.
 */
export type PhotoSource = Blob | Uint8Array | ArrayBuffer | URL | string | Pixels

/** An image file and what to call it in a sentence. */
export interface PhotoFile {
  file: Blob
  name: string
}

const forms = 'give a file (Blob), its bytes, its address, or { width, height, data }'

/**
 * The photo where it is decoded already, in sRGB and on white as a file's would be, else null.
 *
 * @throws CaptureError `not-an-image`, `too-large`
 */
export function decodedPhoto(source: PhotoSource): Photo | null {
  if (typeof source !== 'object' || source === null || !('width' in source || 'data' in source)) return null
  const { width, height, data, colorSpace = 'srgb' } = source as Pixels
  const kind = kindOf(data)
  if (data === undefined) throw notPixels(`${named(source)} has no pixels of its own`, forms)
  if (kind !== 'Uint8ClampedArray' && kind !== 'Uint8Array') {
    throw notPixels(
      `The photo's data is ${named(data)}`,
      'give a Uint8ClampedArray or Uint8Array of RGBA values, 0..255',
    )
  }
  for (const [side, length] of Object.entries({ width, height })) {
    if (Number.isSafeInteger(length) && length > 0) continue
    throw notPixels(`The photo's ${side} is ${named(length)}`, 'give a whole number of pixels from 1 on')
  }
  const values = width * height * 4
  if (data.length !== values) {
    throw notPixels(
      `Decoded pixels are RGBA, ${width} x ${height} x 4 = ${values} values; ${data.length} were given`,
      'give four values for each pixel',
    )
  }
  refuseTooLarge('The photo', width, height)
  if (colorSpace !== 'srgb' && colorSpace !== displayP3Name) {
    throw notPixels(
      `The photo's colorSpace is ${named(colorSpace)}`,
      `give values in srgb or ${displayP3Name}`,
    )
  }
  const clamped =
    data instanceof Uint8ClampedArray
      ? data
      : new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength)
  return { width, height, data: onWhite(colorSpace === 'srgb' ? clamped : toSrgb(clamped, displayP3)) }
}

const displayP3Name = 'display-p3'

const notPixels = (found: string, remedy: string) =>
  new CaptureError('not-an-image', `${capitalised(found)}: ${remedy}.`)

/** The same pixels where all are opaque. */
function onWhite(data: Uint8ClampedArray): Uint8ClampedArray {
  let pixel = 0
  while (pixel < data.length && data[pixel + 3] === 255) pixel += 4
  if (pixel === data.length) return data
  const opaque = data.slice()
  for (; pixel < data.length; pixel += 4) {
    const alpha = data[pixel + 3] / 255
    for (let i = pixel; i < pixel + 3; i++) opaque[i] = data[i] * alpha + 255 * (1 - alpha)
    opaque[pixel + 3] = 255
  }
  return opaque
}

/**
 * Told apart by what they can do, not by `instanceof`: a file may come from another frame's window.
 *
 * @throws CaptureError where the photo cannot be fetched, or is none of the forms there are
 */
export async function photoFile(source: Exclude<PhotoSource, Pixels>): Promise<PhotoFile> {
  if (typeof source === 'string') return fetchPhoto(source)
  switch (kindOf(source)) {
    case 'URL':
      return fetchPhoto(String(source))
    case 'Blob':
      return { file: source as Blob, name: 'photo' }
    case 'File':
      return { file: source as File, name: (source as File).name }
    case 'ArrayBuffer':
    case 'SharedArrayBuffer':
      return { file: fileOf(new Uint8Array(source as ArrayBuffer)), name: 'photo' }
    case 'Uint8Array':
    case 'Uint8ClampedArray':
    case 'DataView': {
      const { buffer, byteOffset, byteLength } = source as Uint8Array
      return { file: fileOf(new Uint8Array(buffer, byteOffset, byteLength)), name: 'photo' }
    }
    default:
      throw new CaptureError('not-an-image', `${capitalised(named(source))} is no photo: ${forms}.`)
  }
}

/** Copied where a Blob takes none: memory that is shared with other threads. */
const fileOf = (bytes: Uint8Array) =>
  new Blob([kindOf(bytes.buffer) === 'ArrayBuffer' ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice()])

const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice('[object '.length, -1)

/** What was given, in words. */
function named(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'string') return `the string “${shortName(value)}”`
  if (typeof value === 'number') return `the number ${value}`
  const kind = kindOf(value)
  return `${/^([AEIO]|HTML|SVG)/.test(kind) ? 'an' : 'a'} ${kind}`
}

const capitalised = (text: string) => text[0].toUpperCase() + text.slice(1)

/**
 * Long strings of nothing but base64's characters are files, not addresses.
 *
 * @throws CaptureError
 */
export function refuseBase64(address: string): void {
  if (address.length < 256 || !/^[\w+/=\s-]+$/.test(address)) return
  throw new CaptureError(
    'not-an-image',
    `A string of ${address.length} characters that begins with “${address.slice(0, 12)}” is no address: give its bytes, or put “data:image/jpeg;base64,” before it if it is base64.`,
  )
}

async function fetchPhoto(address: string): Promise<PhotoFile> {
  refuseBase64(address)
  const name = /^data:/i.test(address) ? 'photo' : lastSegment(address)
  const failed = (why: string) =>
    new CaptureError(
      'not-an-image',
      `The photo “${shortName(name)}” could not be loaded (${why}): check its address.`,
    )
  const response = await fetch(address).catch((error: Error) => {
    const { message } = (error.cause as Error | undefined) ?? error
    throw failed(message.replaceAll(address, shortName(address)).slice(0, 200))
  })
  if (!response.ok) throw failed(`the server answered ${response.status}`)
  const file = await response.blob().catch((error: Error) => {
    throw failed(error.message)
  })
  return { file, name }
}

const lastSegment = (address: string) =>
  address
    .replace(/[?#].*$/, '')
    .split('/')
    .pop() || address
