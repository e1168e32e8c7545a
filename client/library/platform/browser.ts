import { openPhoto } from '../../capture/open/open-photo.ts'
import { canvasCodec } from '../../result/canvas-codec.ts'
import { chooseRuntime } from '../../runtime/choose.ts'
import { browserStore } from '../../runtime/store.ts'
import { storedWasm } from '../../runtime/wasm.ts'
import { decodedPhoto, photoFile } from '../photo-source.ts'
import { type ModelPlace, onePerPlace, type Platform } from './platform.ts'

/** Pages and web workers. */
export const platform: Platform = {
  async decode(source) {
    const decoded = decodedPhoto(source)
    if (decoded) return decoded
    const { file, name } = await photoFile(source as Exclude<typeof source, { width: number }>)
    return openPhoto(file, name)
  },

  store: onePerPlace((place) => browserStore({ base: baseOf(place) })),

  runtime: (place) => chooseRuntime({ wasmFiles: storedWasm(platform.store(place)) }),

  provider: 'wasm',

  codec: canvasCodec,
}

const baseOf = (place: ModelPlace = self.location.origin) => new URL(place, self.location.href).href
