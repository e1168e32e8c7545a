/** Meshes that MakeHuman fits to its body: eyes, brows, hair. */
import { readFileSync } from 'node:fs'
import { type TexturedTriangles, texturedTriangles } from './make-human.ts'

export interface BodyProxy extends TexturedTriangles {
  /** V x 3 vertices of the body that each vertex follows, with their weights. */
  references: number[][]
  weights: number[][]
  /** V x 3, decimetres, added to that. */
  offsets: number[][]
  /** Of its texture, relative to the mesh's own folder. */
  texture: string
}

/** @param path of its JSON file */
export function readProxy(path: string): BodyProxy {
  const mesh = JSON.parse(readFileSync(path, 'utf8'))
  return {
    ...texturedTriangles(mesh),
    references: mesh.ref_vIdxs,
    weights: mesh.weights,
    offsets: mesh.offsets,
    texture: mesh.materials[0].mapDiffuse,
  }
}

/**
 * A proxy as it sits on a body.
 *
 * @param body 19,158 x 3, centimetres
 * @returns V x 3, centimetres
 */
export function placeProxy(
  { references, weights, offsets }: Pick<BodyProxy, 'references' | 'weights' | 'offsets'>,
  body: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(
    references.flatMap((around, v) =>
      [0, 1, 2].map(
        (c) =>
          around.reduce((sum, vertex, k) => sum + weights[v][k] * body[3 * vertex + c], 0) +
          10 * offsets[v][c],
      ),
    ),
  )
}
