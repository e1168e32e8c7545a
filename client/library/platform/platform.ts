import type { Photo } from '../../image/photo.ts'
import type { ImageCodec } from '../../result/image-codec.ts'
import type { ModelStore } from '../../runtime/models.ts'
import type { Provider, Runtime } from '../../runtime/runtime.ts'
import type { PhotoSource } from '../photo-source.ts'

/** Where a store gets its files: the address of a server that runs the worker; in Node also a folder. */
export type ModelPlace = string | URL

/**
 * What differs between browsers and Node. The package's import `#platform` is browser.ts or node.ts, whichever the
 * runtime or bundler asks for (`imports` in package.json), so that the rest is written once.
 */
export interface Platform {
  /** @throws CaptureError in one sentence: no image, empty, damaged, of a format not read here, too large, not to be had */
  decode(source: PhotoSource): Promise<Photo>
  /** The same store for the same place: networks that it loaded stay loaded. */
  store(place: ModelPlace | undefined): ModelStore
  /** A new runtime, the caller's to dispose of. */
  runtime(place: ModelPlace | undefined): Promise<Runtime>
  /** What a record names where nothing had to be computed. */
  provider: Provider
  codec: ImageCodec
}

/** Remembers what was made for each place. */
export function onePerPlace(make: (place: ModelPlace | undefined) => ModelStore): Platform['store'] {
  const stores = new Map<string, ModelStore>()
  return (place) => {
    const key = String(place ?? '')
    const store = stores.get(key) ?? make(place)
    stores.set(key, store)
    return store
  }
}
