/** One step of Loop subdivision: through the vertices that are given, or as Loop has it, smoothing them. */

/** Sweeps of the fixed-point iteration; after 8 the largest landmark moves by less than 0.01 mm. */
const sweeps = 8

/** A triangle mesh's connectivity after every edge was split in two. */
export interface Split {
  /**
   * 4T x 3: triangles 4t..4t+3 are the children of triangle t, of which there are three where an edge stays whole. New vertex
   * of edge e: `vertices + e`.
   */
  triangles: Uint32Array
  /** E x 2: the end vertices of each edge. */
  ends: Uint32Array
  /** E x 2: the vertices across the edge, -1 where the edge is on the border. */
  across: Int32Array
}

/**
 * Splits each triangle into four. Edges are shared by vertex index.
 *
 * @param triangles T x 3
 * @param vertices V
 * @param whole which edges stay as they are, at most one of a triangle; default: none
 */
export function splitTriangles(
  triangles: ArrayLike<number>,
  vertices: number,
  whole: (a: number, b: number) => boolean = () => false,
): Split {
  const edgeOf = new Map<number, number>()
  const ends: number[] = []
  const across: number[] = []
  const edge = (a: number, b: number, opposite: number) => {
    const key = Math.min(a, b) * vertices + Math.max(a, b)
    let e = edgeOf.get(key)
    if (e === undefined) {
      e = ends.length / 2
      edgeOf.set(key, e)
      ends.push(a, b)
      across.push(opposite, -1)
    } else {
      across[2 * e + 1] = opposite
    }
    return vertices + e
  }
  const children: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t], triangles[t + 1], triangles[t + 2]]
    const kept = corners.findIndex((a, k) => whole(a, corners[(k + 1) % 3]))
    const [a, b, c] = kept > 0 ? [...corners.slice(kept), ...corners.slice(0, kept)] : corners
    if (kept >= 0) {
      const bc = edge(b, c, a)
      const ca = edge(c, a, b)
      children.push(a, b, bc, a, bc, ca, ca, bc, c)
      continue
    }
    const ab = edge(a, b, c)
    const bc = edge(b, c, a)
    const ca = edge(c, a, b)
    children.push(a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca)
  }
  return {
    triangles: Uint32Array.from(children),
    ends: Uint32Array.from(ends),
    across: Int32Array.from(across),
  }
}

/**
 * Values at the split mesh's vertices, each new one halfway between the ends of its edge.
 *
 * @param values V x channels
 * @returns (V + E) x channels
 */
export function splitLinearly(values: ArrayLike<number>, channels: number, { ends }: Split): Float32Array {
  const result = new Float32Array(values.length + (ends.length / 2) * channels)
  result.set(values)
  for (let e = 0, o = values.length; e < ends.length; e += 2)
    for (let c = 0; c < channels; c++)
      result[o++] = (values[ends[e] * channels + c] + values[ends[e + 1] * channels + c]) / 2
  return result
}

/**
 * Loop's subdivision (C. Loop 1987, with Warren's weights) made interpolating: control points Q are sought with
 * `Q += P - Loop(Q)`, so that the smooth surface goes through every given vertex.
 *
 * @param positions V x 3
 * @param split the connectivity, from {@link splitTriangles}
 * @returns (V + E) x 3; the first V are `positions`, unchanged.
 */
export function subdivide(positions: ArrayLike<number>, split: Split): Float32Array {
  const given = Float64Array.from(positions)
  const control = given.slice()
  const rings = vertexRings(given.length / 3, split)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const smooth = smoothVertices(control, rings)
    for (let i = 0; i < control.length; i++) control[i] += given[i] - smooth[i]
  }
  const result = new Float32Array(given.length + (split.ends.length / 2) * 3)
  result.set(given)
  edgePoints(control, split, result, given.length)
  return result
}

/**
 * Loop's subdivision as it is: the mesh is the control mesh of the smooth surface, which runs inside its bulges.
 *
 * @param positions V x 3
 * @param split the connectivity, from {@link splitTriangles}
 * @param fixed V, not 0 where a vertex stays where it is: the ends of whole edges have to
 * @returns (V + E) x 3
 */
export function smoothSplit(
  positions: ArrayLike<number>,
  split: Split,
  fixed: ArrayLike<number>,
): Float32Array {
  const control = Float64Array.from(positions)
  const smooth = smoothVertices(control, vertexRings(control.length / 3, split))
  const result = new Float32Array(control.length + (split.ends.length / 2) * 3)
  for (let i = 0; i < control.length; i++) result[i] = fixed[Math.floor(i / 3)] ? control[i] : smooth[i]
  edgePoints(control, split, result, control.length)
  return result
}

interface Rings {
  /** Neighbours of each vertex; on the border only the two border neighbours. */
  neighbours: number[][]
  border: Uint8Array
}

function vertexRings(vertices: number, { ends, across }: Split): Rings {
  const border = new Uint8Array(vertices)
  for (let e = 0; e < ends.length; e += 2) if (across[e + 1] < 0) border[ends[e]] = border[ends[e + 1]] = 1
  const neighbours: number[][] = Array.from({ length: vertices }, () => [])
  for (let e = 0; e < ends.length; e += 2) {
    const onBorder = across[e + 1] < 0
    const [a, b] = [ends[e], ends[e + 1]]
    if (onBorder || !border[a]) neighbours[a].push(b)
    if (onBorder || !border[b]) neighbours[b].push(a)
  }
  return { neighbours, border }
}

function smoothVertices(control: Float64Array, { neighbours, border }: Rings): Float64Array {
  const smooth = new Float64Array(control.length)
  for (let v = 0; v < neighbours.length; v++) {
    const ring = neighbours[v]
    // Border: the cubic B-spline's 1/8, 3/4, 1/8.
    const weight = border[v] ? 1 / 8 : ring.length === 3 ? 3 / 16 : 3 / (8 * ring.length)
    const own = 1 - weight * ring.length
    for (let c = 0; c < 3; c++) {
      let sum = 0
      for (const n of ring) sum += control[3 * n + c]
      smooth[3 * v + c] = own * control[3 * v + c] + weight * sum
    }
  }
  return smooth
}

function edgePoints(control: Float64Array, { ends, across }: Split, result: Float32Array, offset: number) {
  for (let e = 0, o = offset; e < ends.length; e += 2) {
    const [a, b] = [3 * ends[e], 3 * ends[e + 1]]
    const [left, right] = [3 * across[e], 3 * across[e + 1]]
    for (let c = 0; c < 3; c++) {
      const along = control[a + c] + control[b + c]
      result[o++] = right < 0 ? along / 2 : (3 * along + control[left + c] + control[right + c]) / 8
    }
  }
}
