import { canonicalFace } from './canonicalFace.ts'
import { faceMesh } from './faceMesh.ts'
import { humanModels } from './human.ts'
import { inceptionV3 } from './inceptionV3.ts'
import type { Recipe } from './recipe.ts'
import { runtimeFiles } from './runtimeFiles.ts'

/** Every entry of the manifest, in its order. */
export const recipes: Recipe[] = [...humanModels, faceMesh, canonicalFace, inceptionV3, ...runtimeFiles]
