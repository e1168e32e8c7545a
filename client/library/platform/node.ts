import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CaptureError } from '../../capture/capture-error.ts'
import { decodePhotoFile } from '../../capture/open/decode-file.ts'
import { shortName } from '../../capture/open/short-name.ts'
import { sharpCodec } from '../../result/sharp-codec.ts'
import { diskStore } from '../../runtime/disk.ts'
import { nodeRuntime } from '../../runtime/node.ts'
import { browserStore } from '../../runtime/store.ts'
import { systemReason } from '../../runtime/system-reason.ts'
import { decodedPhoto, type PhotoSource, type Pixels, photoFile, refuseBase64 } from '../photo-source.ts'
import { onePerPlace, type Platform } from './platform.ts'

/** Node 20 or newer. */
export const platform: Platform = {
  async decode(source) {
    const decoded = decodedPhoto(source)
    if (decoded) return decoded
    const given = source as Exclude<PhotoSource, Pixels>
    const path = photoPath(given)
    if (path !== null) return decodePhotoFile(await read(path), basename(path))
    const { file, name } = await photoFile(given)
    return decodePhotoFile(new Uint8Array(await file.arrayBuffer()), name)
  },

  store: onePerPlace((place) => {
    if (place === undefined) return diskStore()
    const folder = pathOf(place)
    return folder === null ? browserStore({ base: String(place) }) : diskStore(folder)
  }),

  runtime: () => nodeRuntime(),

  provider: 'node',

  codec: sharpCodec,
}

/** The path that a `file:` URL or a plain string names; null where it is something else. */
function pathOf(source: unknown): string | null {
  if (source instanceof URL) return source.protocol === 'file:' ? fileURLToPath(source) : null
  if (typeof source !== 'string') return null
  if (/^file:/i.test(source)) return fileURLToPath(source)
  return /^(https?|data|blob):/i.test(source) ? null : source
}

function photoPath(source: unknown): string | null {
  try {
    const path = pathOf(source)
    if (path !== null) refuseBase64(path)
    return path
  } catch (error) {
    if (error instanceof CaptureError) throw error
    throw unread(String(source), error)
  }
}

function read(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error) => {
    throw unread(path, error)
  })
}

const unread = (path: string, error: unknown) =>
  new CaptureError(
    'not-an-image',
    `${path === '' ? 'A photo without a name' : shortName(path)} can't be read (${systemReason(error)}): give the path of an image file.`,
  )
