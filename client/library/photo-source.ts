import { CaptureError, type Photo } from '../capture/types.ts'

/**
 * A photo in any of the forms it comes in: a file (`Blob`, `File`), its bytes, its address (in Node also a path), or
 * decoded RGBA pixels such as `ImageData`. JPEG, PNG and WebP are read everywhere; AVIF, GIF, TIFF and HEIC where the
 * platform reads them. At most 64 megapixels.
 */
export type PhotoSource = Blob | Uint8Array | ArrayBuffer | URL | string | Photo

/** An image file and what to call it in a sentence. */
export interface PhotoFile {
  file: Blob
  name: string
}

/** The photo where it is decoded already, else null. */
export function decodedPhoto(source: PhotoSource): Photo | null {
  if (typeof source !== 'object' || source === null || !('width' in source)) return null
  const { width, height, data } = source
  const values = width * height * 4
  if (Number.isInteger(values) && values > 0 && data?.length === values) return source
  throw new CaptureError(
    'not-an-image',
    `Decoded pixels are RGBA, ${width} x ${height} x 4 = ${values} values; ${data?.length ?? 'none'} were given.`,
  )
}

/**
 * Told apart by what they can do, not by `instanceof`: a file may come from another frame's window.
 *
 * @throws CaptureError where the photo cannot be fetched, or is none of the forms there are
 */
export async function photoFile(source: Exclude<PhotoSource, Photo>): Promise<PhotoFile> {
  if (typeof source === 'string') return fetchPhoto(source)
  if (ArrayBuffer.isView(source) || kindOf(source) === 'ArrayBuffer') {
    return { file: new Blob([source as BlobPart]), name: 'photo' }
  }
  if (kindOf(source) === 'URL') return fetchPhoto(String(source))
  if (kindOf(source) === 'Blob') return { file: source as Blob, name: 'photo' }
  if (kindOf(source) === 'File') return { file: source as File, name: (source as File).name }
  throw new CaptureError(
    'not-an-image',
    'That is no photo: give a file (Blob), its bytes, its address, or { width, height, data }.',
  )
}

const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice('[object '.length, -1)

async function fetchPhoto(address: string): Promise<PhotoFile> {
  const name = address.startsWith('data:') ? 'photo' : lastSegment(address)
  const failed = (why: string) =>
    new CaptureError('not-an-image', `The photo “${name}” could not be loaded (${why}): check its address.`)
  const response = await fetch(address).catch((error) => {
    throw failed((error as Error).message)
  })
  if (!response.ok) throw failed(`the server answered ${response.status}`)
  return { file: await response.blob(), name }
}

const lastSegment = (address: string) =>
  address
    .replace(/[?#].*$/, '')
    .split('/')
    .pop() || address
