import { canonicalFace } from './canonical-face.ts'
import { faceMesh } from './face-mesh.ts'
import { hairStyleFiles } from './head/hair-styles.ts'
import { headModel } from './head/head-model.ts'
import { humanModels } from './human.ts'
import { inceptionV3 } from './inception-v3.ts'
import type { Recipe } from './recipe.ts'
import { runtimeFiles } from './runtime-files.ts'

/** Every entry of the manifest, in its order. */
export const recipes: Recipe[] = [
  ...humanModels,
  faceMesh,
  canonicalFace,
  headModel,
  hairStyleFiles,
  inceptionV3,
  ...runtimeFiles,
]
