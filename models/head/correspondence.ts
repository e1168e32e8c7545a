/** Where the 468 landmarks lie on MakeHuman's base mesh. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../paths.ts'

export interface Correspondence {
  /** 468 x 3 vertices of the base mesh: the triangle that each landmark lies on. */
  triangles: number[]
  /** 468 x 3 barycentric weights, at least 0; they add up to 1. */
  weights: number[]
}

/** Made by models/head/correspond.ts and committed, since that takes networks and minutes. */
export const correspondencePath = join(root, 'models', 'head', 'correspondence.json')

export function readCorrespondence(): Correspondence {
  return JSON.parse(readFileSync(correspondencePath, 'utf8'))
}

/**
 * The landmarks of a body.
 *
 * @param body V x 3, centimetres
 * @returns 468 x 3, centimetres
 */
export function landmarksOn(body: ArrayLike<number>, { triangles, weights }: Correspondence): Float64Array {
  return Float64Array.from(triangles, (_, i) => {
    const [first, axis] = [i - (i % 3), i % 3]
    return [0, 1, 2].reduce((sum, k) => sum + weights[first + k] * body[3 * triangles[first + k] + axis], 0)
  })
}
