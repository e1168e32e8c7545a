/** A mesh's numbers as text. */

/** Positions to a hundredth of a millimetre, texture coordinates to a tenth of a texel of 4,096, normals to .06 degrees. */
export const decimals = { metres: 5, uv: 5, normal: 3 } as const

/**
 * Rows of numbers as text, as short as they can be: no trailing zeros.
 *
 * @param values rows of `width` @returns a text for each row, its numbers joined by `separator`
 * @example rowsOfText([0.5, 1, 0.123456, 2], 2, 3, ' ') // -> ['0.5 1', '0.123 2']
 */
export function rowsOfText(
  values: ArrayLike<number>,
  width: number,
  digits: number,
  separator: string,
): string[] {
  const scale = 10 ** digits
  return Array.from({ length: values.length / width }, (_, row) =>
    Array.from({ length: width }, (_, k) => Math.round(values[row * width + k] * scale) / scale).join(
      separator,
    ),
  )
}

/** V x 2: USD and OBJ count texture coordinates from the bottom left. */
export const fromBottom = (uv: Float32Array) => uv.map((value, i) => (i % 2 ? 1 - value : value))
