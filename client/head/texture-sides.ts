/** Centimetres on a mean head that the sides of a head's two textures are long: the rest's by its layout, the face's by its width. */
export const textureSides = { rest: 43.8, face: 17 }

/** Texels of the rest of the head's texture that a length on a mean head takes. @param size N */
export function restTexels(centimetres: number, size: number): number {
  return (centimetres * size) / textureSides.rest
}

/** Texels of the face's texture that a length on a mean head takes. @param size N */
export function faceTexels(centimetres: number, size: number): number {
  return (centimetres * size) / textureSides.face
}
