/** Heads and hair as parts of a picture. */

import type { Part } from '../../../client/app/sample/draw-parts.ts'
import type { Head } from '../../../client/head/complete-head.ts'
import type { HeadHair } from '../../../client/head/hair/strips.ts'

type Image = Part['texture']

/** @param atlas N rows of 2N x 3, 0..1 (`headAtlas`); null: of one colour, for masks */
export function headPart({ mesh }: Pick<Head, 'mesh'>, atlas: Float32Array | null): Part {
  return { ...mesh, texture: atlas ? opaque(atlas) : white, colours: null }
}

export function hairPart({ mesh, colours, texture: { size, data } }: Omit<HeadHair, 'style'>): Part {
  const texture = { width: size, height: size, data: Float32Array.from(data, (value) => value / 255) }
  return { ...mesh, texture, colours }
}

const white: Image = { width: 1, height: 1, data: new Float32Array(4).fill(1) }

function opaque(atlas: Float32Array): Image {
  const height = Math.round(Math.sqrt(atlas.length / 6))
  const data = new Float32Array((4 * atlas.length) / 3).fill(1)
  for (let i = 0; 3 * i < atlas.length; i++) data.set(atlas.subarray(3 * i, 3 * i + 3), 4 * i)
  return { width: 2 * height, height, data }
}
