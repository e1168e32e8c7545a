/** What every head is made with: the mean head, and the hair styles as somebody asks for them. */

import { type CanonicalFace, canonicalFace } from '../capture/mesh/canonical.ts'
import type { ModelStore } from '../runtime/models.ts'
import { bindHair, type HairBinding } from './hair/binding.ts'
import { type HairStyle, type HairStyleName, readHairStyle } from './hair/hair-style.ts'
import { type HairTexture, readHairTexture } from './hair/hair-texture.ts'
import { type HeadPoints, headPoints } from './hair/head-points.ts'
import { type HeadModel, readHeadModel } from './head-model.ts'

/** A style that has been loaded, and how it hangs on the mean head. */
export interface BoundStyle {
  style: HairStyle
  binding: HairBinding
  texture: HairTexture
}

export interface HeadKit {
  model: HeadModel
  canonical: CanonicalFace
  /** What hair follows, on the mean head. */
  mean: HeadPoints
  /** @throws ModelError where its files cannot be had */
  style(name: HairStyleName): Promise<BoundStyle>
}

/** The models' files, by these ids of the manifest. */
const [headId, hairId] = ['head', 'hair']

/** @throws ModelError where the head's files cannot be had */
export async function headKit(store: ModelStore): Promise<HeadKit> {
  const [canonical, files] = await Promise.all([canonicalFace(store), store.load(headId)])
  const model = readHeadModel(files.get('head.bin')!)
  const mean = headPoints(model, model, canonical)
  const styles = new Map<HairStyleName, Promise<BoundStyle>>()
  const load = async (name: HairStyleName): Promise<BoundStyle> => {
    const names = [`${name}.bin`, `${name}-texture.bin`]
    const [geometry, texture] = await store
      .load(hairId, undefined, names)
      .then((loaded) => names.map((file) => loaded.get(file)!))
    const style = readHairStyle(geometry)
    return { style, binding: bindHair(style, mean), texture: readHairTexture(texture) }
  }
  return {
    ...{ model, canonical, mean },
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
