/** What every head is made with: the mean head, and the hair styles as somebody asks for them. */

import { type CanonicalFace, canonicalFace } from '../capture/mesh/canonical.ts'
import type { ModelStore } from '../runtime/models.ts'
import { type BoundBust, bustPoints, overCloth, readBust } from './bust.ts'
import { type ExpressionModel, readExpressionModel } from './expressions/expression-model.ts'
import { type MeshOffsets, meshOffsets } from './expressions/mesh-offsets.ts'
import { type MouthModel, readMouthModel } from './expressions/mouth-model.ts'
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
  /** What a bust follows, on the mean head. */
  mean: HeadPoints
  bust: BoundBust
  /** What hair follows, on the mean head: it falls over the bust. */
  dressed: HeadPoints
  /** How expressions move the mean head, */
  expressions: ExpressionModel
  /** what they do to a head's mesh, */
  fine: MeshOffsets
  /** and what is in its mouth. */
  mouth: MouthModel
  /** @throws ModelError where its files cannot be had */
  style(name: HairStyleName): Promise<BoundStyle>
}

/** The models' files, by these ids of the manifest. */
const [headId, hairId] = ['head', 'hair']

const byStore = new WeakMap<ModelStore, Promise<HeadKit>>()

/**
 * What a store has for heads; loaded once. What could not be loaded is asked for again.
 *
 * @throws ModelError where the head's files cannot be had
 */
export function headKit(store: ModelStore): Promise<HeadKit> {
  return once(byStore, store, () => loadKit(store))
}

async function loadKit(store: ModelStore): Promise<HeadKit> {
  const [canonical, files] = await Promise.all([canonicalFace(store), store.load(headId)])
  const model = readHeadModel(files.get('head.bin')!)
  const mean = headPoints(model, model, canonical)
  const bust = readBust(files.get('bust.bin')!)
  const dressed = bustPoints(mean, bust, bust.positions)
  const expressions = readExpressionModel(files.get('expressions.bin')!)
  const mouth = readMouthModel(files.get('mouth.bin')!)
  const fine = meshOffsets(model, canonical)
  const styles = new Map<HairStyleName, Promise<BoundStyle>>()
  const load = async (name: HairStyleName): Promise<BoundStyle> => {
    const names = [`${name}.bin`, `${name}-texture.bin`]
    const [geometry, texture] = await store
      .load(hairId, undefined, names)
      .then((loaded) => names.map((file) => loaded.get(file)!))
    const style = readHairStyle(geometry)
    const binding = overCloth(bindHair(style, dressed), mean.positions.length / 3)
    return { style, binding, texture: readHairTexture(texture) }
  }
  return {
    ...{ model, canonical, mean, bust: { bust, binding: bindHair(bust, mean) }, dressed },
    ...{ expressions, fine, mouth },
    style: (name) => once(styles, name, () => load(name)),
  }
}

interface Cache<K, V> {
  get(key: K): Promise<V> | undefined
  set(key: K, value: Promise<V>): unknown
  delete(key: K): unknown
}

function once<K, V>(known: Cache<K, V>, key: K, load: () => Promise<V>): Promise<V> {
  const loaded = known.get(key)
  if (loaded) return loaded
  const loading = load()
  known.set(key, loading)
  loading.catch(() => known.delete(key))
  return loading
}
