import * as Comlink from 'comlink'
import { exportFace } from '../result/export-face.ts'
import { exportHead } from '../result/export-head.ts'
import type { ExportWorker } from './messages.ts'
import { fromPixels } from './pixels.ts'
import { serveWorker } from './serve-worker.ts'

const exportWorker: ExportWorker = {
  async face(wanted) {
    const { png, file } = await exportFace(wanted)
    return Comlink.transfer({ png, file }, [png.buffer, file.buffer])
  },

  async head({ texture, ...wanted }) {
    const { png, file } = await exportHead({ ...wanted, texture: fromPixels(texture) })
    return Comlink.transfer({ png, file }, [png.buffer, file.buffer])
  },
}

serveWorker(exportWorker)
