import type { HairStyle } from '../../../../client/head/hair/hair-style.ts'

type Place = readonly [x: number, y: number, z: number]

/** A ball of that radius, centimetres, in bands and as many times two sectors; along one meridian the layout is cut. */
export function ball(radius: number, bands: number, [cx, cy, cz]: Place = [0, 0, 0]): HairStyle {
  const around = 2 * bands
  const [positions, uv, triangles]: number[][] = [[], [], []]
  for (let band = 0; band <= bands; band++)
    for (let sector = 0; sector <= around; sector++) {
      const [down, turn] = [(Math.PI * band) / bands, (2 * Math.PI * (sector % around)) / around]
      // The poles exactly at one place.
      const out = band % bands === 0 ? 0 : radius * Math.sin(down)
      positions.push(cx + out * Math.sin(turn), cy + radius * Math.cos(down), cz + out * Math.cos(turn))
      uv.push(sector / around, band / bands)
    }
  const at = (band: number, sector: number) => band * (around + 1) + sector
  for (let band = 0; band < bands; band++)
    for (let sector = 0; sector < around; sector++) {
      const [a, b] = [at(band, sector), at(band, sector + 1)]
      const [c, d] = [at(band + 1, sector), at(band + 1, sector + 1)]
      if (band > 0) triangles.push(a, c, b)
      if (band < bands - 1) triangles.push(b, c, d)
    }
  return {
    positions: Float32Array.from(positions),
    uv: Float32Array.from(uv),
    openness: new Float32Array(positions.length / 3).fill(1),
    triangles: Uint32Array.from(triangles),
  }
}

/** A flat square sheet, centimetres; UVs are the place on it. */
export function sheet(side: number): HairStyle {
  return {
    positions: Float32Array.of(0, 0, 0, side, 0, 0, side, side, 0, 0, side, 0),
    uv: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
    openness: Float32Array.of(0, 1, 1, 0),
    triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
  }
}

/** Lengths of a triangle's edges, and its area. */
export function measured({ positions, triangles }: HairStyle, triangle: number) {
  const [a, b, c] = [...triangles.subarray(3 * triangle, 3 * triangle + 3)].map((v) => [
    ...positions.subarray(3 * v, 3 * v + 3),
  ])
  const between = (p: number[], q: number[]) => Math.hypot(...p.map((value, k) => value - q[k]))
  const edges = [between(a, b), between(b, c), between(c, a)]
  const half = (edges[0] + edges[1] + edges[2]) / 2
  return {
    edges,
    area: Math.sqrt(
      Math.max(
        0,
        edges.reduce((product, edge) => product * (half - edge), half),
      ),
    ),
  }
}
