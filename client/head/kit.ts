/** What every head is made with: the mean head, and the hair styles as somebody asks for them. */

import { type CanonicalFace, canonicalFace } from '../capture/mesh/canonical.ts'
import type { ModelStore } from '../runtime/models.ts'
import { type BoundBust, bustPoints, overCloth, readBust } from './bust.ts'
import { bindHair, type HairBinding } from './hair/binding.ts'
import { type HairStyle, type HairStyleName, readHairStyle } from './hair/hair-style.ts'
import { type HeadPoints, headPoints } from './hair/head-points.ts'
import { type HeadModel, readHeadModel } from './head-model.ts'

/** A style that has been loaded, and how it hangs on the mean head. */
export interface BoundStyle {
  style: HairStyle
  binding: HairBinding
  texture: HairTexture
}

/** Strands on transparent ground. */
export interface HairTexture {
  size: number
  /** size x size x 4, 0..255, not premultiplied */
  data: Uint8ClampedArray<ArrayBuffer>
}

export interface HeadKit {
  model: HeadModel
  canonical: CanonicalFace
  /** What a bust follows, on the mean head. */
  mean: HeadPoints
  bust: BoundBust
  /** What hair follows, on the mean head: it falls over the bust. */
  dressed: HeadPoints
  /** @throws ModelError where its files cannot be had */
  style(name: HairStyleName): Promise<BoundStyle>
}

/** The models' files, by these ids of the manifest. */
const [headId, hairId] = ['head', 'hair']

/**
 * @param decode a texture file's pixels, as of an `ImageCodec`
 * @throws ModelError where the head's files cannot be had
 */
export async function headKit(
  store: ModelStore,
  decode: (file: Uint8Array<ArrayBuffer>) => Promise<HairTexture>,
): Promise<HeadKit> {
  const [canonical, files] = await Promise.all([canonicalFace(store), store.load(headId)])
  const model = readHeadModel(files.get('head.bin')!)
  const mean = headPoints(model, model, canonical)
  const bust = readBust(files.get('bust.bin')!)
  const dressed = bustPoints(mean, bust, bust.positions)
  const styles = new Map<HairStyleName, Promise<BoundStyle>>()
  const load = async (name: HairStyleName): Promise<BoundStyle> => {
    const names = [`${name}.bin`, `${name}.webp`]
    const [geometry, texture] = await store
      .load(hairId, undefined, names)
      .then((loaded) => names.map((file) => loaded.get(file)!))
    const style = readHairStyle(geometry)
    const binding = overCloth(bindHair(style, dressed), mean.positions.length / 3)
    return { style, binding, texture: await decode(Uint8Array.from(texture)) }
  }
  return {
    ...{ model, canonical, mean, bust: { bust, binding: bindHair(bust, mean) }, dressed },
    style(name) {
      if (!styles.has(name)) {
        const loading = load(name)
        styles.set(name, loading)
        // What could not be loaded is asked for again.
        loading.catch(() => styles.delete(name))
      }
      return styles.get(name)!
    },
  }
}
