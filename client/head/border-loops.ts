/**
 * The closed lines along which a mesh ends, each with the mesh to its left seen from outside.
 *
 * @param triangles T x 3, counter-clockwise seen from outside
 * @returns lists of vertices in order, each beginning with its least one, longest first
 * @throws Error where an edge belongs to more than two triangles, or a vertex to more than one border
 */
export function borderLoops(triangles: ArrayLike<number>): number[][] {
  let beyond = 0
  for (let i = 0; i < triangles.length; i++) beyond = Math.max(beyond, triangles[i] + 1)
  // As numbers: of a whole head there are 30,000.
  const edgeFrom = (a: number, b: number) => a * beyond + b
  const edges = new Set<number>()
  const eachEdge = (visit: (a: number, b: number) => void) => {
    for (let t = 0; t < triangles.length; t += 3)
      for (let k = 0; k < 3; k++) visit(triangles[t + k], triangles[t + ((k + 1) % 3)])
  }
  eachEdge((a, b) => {
    if (edges.has(edgeFrom(a, b)))
      throw new Error(`The edge from vertex ${a} to ${b} belongs to several triangles.`)
    edges.add(edgeFrom(a, b))
  })
  const next = new Map<number, number>()
  eachEdge((a, b) => {
    if (edges.has(edgeFrom(b, a))) return
    if (next.has(a)) throw new Error(`Vertex ${a} lies on the border more than once.`)
    next.set(a, b)
  })
  const loops: number[][] = []
  for (const start of [...next.keys()].sort((a, b) => a - b)) {
    const loop: number[] = []
    for (let v = start; next.has(v); ) {
      loop.push(v)
      const following = next.get(v)!
      next.delete(v)
      v = following
    }
    if (loop.length > 0) loops.push(loop)
  }
  return loops.sort((a, b) => b.length - a.length)
}
