/** Soft lines and spots of colour, drawn into a texture. */

export type Point = readonly [u: number, v: number]
export type Rgb = readonly [r: number, g: number, b: number]

/** A soft line or spot of colour in UV. */
export interface Stroke {
  along: readonly Point[]
  /** Half the width, in u and in v, at which a soft stroke's strength is 1/e. */
  radius: readonly [u: number, v: number]
  /** Log units, added to the skin's. */
  colour: Rgb
  /** Even strength up to near the radius, then a steep fall. */
  flat: boolean
}

/** Radii from a stroke's line at which even a soft one has fallen to 1/500. */
const reach = 2.5

/** A stroke of plain numbers. @param line u, v, u, v, ... */
export function stroke(line: readonly number[], radius: Stroke['radius'], colour: Rgb, flat = false): Stroke {
  const along = line.flatMap((u, k): Point[] => (k % 2 ? [] : [[u, line[k + 1]]]))
  return { along, radius, colour, flat }
}

/**
 * Adds strokes to a texture.
 *
 * @param texture size x size x 3, log units; changed
 * @param texels where a stroke's texel in column x of row y is drawn: none, one or more places
 */
export function draw(
  texture: Float32Array,
  size: number,
  strokes: readonly Stroke[],
  texels: (x: number, y: number) => readonly number[],
): void {
  for (const drawn of strokes) {
    const [left, right, top, bottom] = reachOf(drawn).map((edge) => Math.round(edge * size))
    for (let y = Math.max(0, top); y < Math.min(size, bottom); y++) {
      for (let x = Math.max(0, left); x < Math.min(size, right); x++) {
        const places = texels(x, y)
        if (places.length === 0) continue
        const strength = strengthAt(drawn, (x + 0.5) / size, (y + 0.5) / size)
        for (const texel of places)
          for (let c = 0; c < 3; c++) texture[3 * texel + c] += strength * drawn.colour[c]
      }
    }
  }
}

/** Left, right, top and bottom, beyond which a stroke is nothing. */
function reachOf({ along, radius }: Stroke): number[] {
  return radius.flatMap((width, axis) => {
    const places = along.map((point) => point[axis])
    return [Math.min(...places) - reach * width, Math.max(...places) + reach * width]
  })
}

/** 1 on the line, falling to 0 around it. */
function strengthAt({ along, radius, flat }: Stroke, u: number, v: number): number {
  const [across, down] = radius
  let nearest = Number.POSITIVE_INFINITY
  for (let k = 0; k < Math.max(1, along.length - 1); k++) {
    const start = along[k]
    const end = along[Math.min(k + 1, along.length - 1)]
    const x = (u - start[0]) / across
    const y = (v - start[1]) / down
    const dx = (end[0] - start[0]) / across
    const dy = (end[1] - start[1]) / down
    const share = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)))
    const offX = x - share * dx
    const offY = y - share * dy
    nearest = Math.min(nearest, offX * offX + offY * offY)
  }
  return Math.exp(-(flat ? nearest * nearest : nearest))
}
