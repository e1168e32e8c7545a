import * as Comlink from 'comlink'
import { exportFace, type FaceExport } from '../result/export-face.ts'
import { keepErrorCodes } from './worker-errors.ts'

/** Where files of other sizes are made: enlarging and packing a texture takes a second that the page must not wait for. */
const exportWorker = {
  async face(wanted: Omit<FaceExport, 'codec'>) {
    const { png, glb } = await exportFace(wanted)
    return Comlink.transfer({ png, glb }, [png.buffer, glb.buffer])
  },
}

export type ExportWorker = typeof exportWorker
keepErrorCodes()
Comlink.expose(exportWorker)
