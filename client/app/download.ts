import type { ModelFormat } from '../result/model-format.ts'
import type { WantedHead } from './messages.ts'
import { type Result, recordOf } from './result.ts'
import { startExportWorker } from './workers.ts'

/** `glb` and `png`: of the face. */
export type DownloadKind = 'glb' | 'png' | 'head' | 'head-texture' | 'record'

/** Sizes that a texture is offered in, besides its own: larger ones are enlarged and hold no more detail. */
export const enlargedSizes = [512, 1024, 2048] as const

export interface DownloadForm {
  /** Texels a side; of a head's texture, its height. */
  size: number
  /** What the 3D face or head is written as. */
  format: ModelFormat
}

const glb = { type: 'model/gltf-binary', ending: '.glb' }
/** How a 3D file's name ends, and its MIME type. */
const endings: Record<ModelFormat, { type: string; ending: string }> = {
  png: glb,
  webp: { ...glb, ending: '-webp.glb' },
  ktx2: { ...glb, ending: '-ktx2.glb' },
  usdz: { type: 'model/vnd.usdz+zip', ending: '.usdz' },
  obj: { type: 'application/zip', ending: '-obj.zip' },
}

/**
 * Makes a file of a result and hands it to the browser as a download.
 *
 * @throws Error where the browser cannot make it
 */
export async function download(result: Result, kind: DownloadKind, form: DownloadForm): Promise<void> {
  const { files, refined } = result
  const ownSize = form.size === refined.size
  if (kind === 'record') return save(recordOf(result), 'record.json')
  if (kind === 'png' && ownSize) return save(files.png, 'texture.png')
  if (kind === 'glb' && ownSize && form.format === 'png') return save(files.glb, 'face.glb')
  const whole = kind === 'head' || kind === 'head-texture'
  const isTexture = kind === 'png' || kind === 'head-texture'
  // Packing a GLB beside a picture as KTX2 would take many seconds for nothing.
  const made = await (whole ? exportedHead : exportedFace)(
    result,
    isTexture ? { ...form, format: 'png' } : form,
  )
  const size = ownSize ? '' : `-${form.size}`
  if (isTexture) return save(made.png, `${whole ? 'head-' : ''}texture${size}.png`)
  const { ending } = endings[form.format]
  // Of a face, a GLB that is not as it was made has its size in its name.
  const faceSize = ending.endsWith('.glb') ? `-${form.size}` : size
  save(made.file, whole ? `head${size}${ending}` : `face${faceSize}${ending}`)
}

/** The files of a result's head, which it must have. @throws Error where the browser cannot make them */
export async function makeHead(result: Result): Promise<{ png: Blob; glb: Blob }> {
  const { png, file } = await exportedHead(result, { size: result.refined.size, format: 'png' })
  return { png, glb: file }
}

interface Exported {
  png: Blob
  file: Blob
}

function exportedHead({ head }: Result, form: DownloadForm): Promise<Exported> {
  const { mesh, texture, png, hair, movement } = head!
  const wanted: WantedHead = { mesh, texture, png, hair, movement, ...form }
  return exported(form.format, (api) => api.head(wanted))
}

async function exportedFace({ seen, files }: Result, { size, format }: DownloadForm): Promise<Exported> {
  const texture = new Uint8Array(await files.png.arrayBuffer())
  return exported(format, (api) => api.face({ mesh: seen.mesh, texture, size, format }))
}

type Exporter = ReturnType<typeof startExportWorker>['api']

/**
 * @param ask what of the exporter, in a worker of its own
 * @throws Error where the browser cannot make it
 */
export async function exported(
  format: ModelFormat,
  ask: (api: Exporter) => ReturnType<Exporter['face']>,
): Promise<Exported> {
  const { api, terminate } = startExportWorker()
  try {
    const { png, file } = await ask(api)
    return {
      png: new Blob([png], { type: 'image/png' }),
      file: new Blob([file], { type: endings[format].type }),
    }
  } finally {
    terminate()
  }
}

/** Hands a file to the browser as a download. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has its own hold on the content by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
