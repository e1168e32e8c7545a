import { type Pixels, widthOf } from '../pixels.ts'

const known = new WeakMap<Pixels, WeakMap<Pixels, Pixels>>()

/**
 * A head's texture (`headAtlas`) with another texture of its face: where the photo's hair lies over that, it stays.
 *
 * @param atlas N rows of 2N
 * @param face N x N: the face's texture that the atlas was made with
 * @param other square, of any size
 * @returns as large as `atlas`; for the same textures the same again
 */
export function withOtherFace(atlas: Pixels, face: Pixels, other: Pixels): Pixels {
  const ofAtlas = known.get(atlas) ?? new WeakMap<Pixels, Pixels>()
  known.set(atlas, ofAtlas)
  const made = ofAtlas.get(other) ?? replaced(atlas, face, other)
  ofAtlas.set(other, made)
  return made
}

/** Levels by which the atlas may differ from the face by rounding. */
const rounding = 1

function replaced(atlas: Pixels, face: Pixels, other: Pixels): Pixels {
  const data = atlas.data.slice()
  const { size } = face
  const row = widthOf(atlas)
  const sample = sampler(other, size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [from, to] = [4 * (y * size + x), 4 * (y * row + x)]
      let differs = 0
      for (let c = 0; c < 3; c++) differs = Math.max(differs, Math.abs(data[to + c] - face.data[from + c]))
      if (differs <= rounding) sample(x, y, data, to)
    }
  return { size: atlas.size, data }
}

/** Reads a texture as if it had `size` texels a side. */
function sampler({ size: own, data }: Pixels, size: number) {
  const clamp = (i: number) => Math.min(own - 1, Math.max(0, i))
  return (x: number, y: number, to: Uint8ClampedArray, at: number) => {
    const [px, py] = [((x + 0.5) * own) / size - 0.5, ((y + 0.5) * own) / size - 0.5]
    const [left, top] = [Math.floor(px), Math.floor(py)]
    const [right, below] = [px - left, py - top]
    const texel = (dx: number, dy: number) => 4 * (clamp(top + dy) * own + clamp(left + dx))
    const [a, b, d, e] = [texel(0, 0), texel(1, 0), texel(0, 1), texel(1, 1)]
    for (let c = 0; c < 3; c++) {
      const above = data[a + c] + right * (data[b + c] - data[a + c])
      const under = data[d + c] + right * (data[e + c] - data[d + c])
      to[at + c] = above + below * (under - above)
    }
  }
}
