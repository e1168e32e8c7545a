/** What a foreign GLB may make a reader allocate: told by its scene description before anything is read of its data. */

/** Bytes of a scene description: of a head with all that moves it 80 kB, of a game's character about a megabyte. */
const mostJson = 4 * 1024 * 1024
/** Things in it, such as nodes and accessors: a reader makes an object of a kilobyte or two of each. */
const mostThings = 50_000
/** Nodes below each other. */
const mostDepth = 100
/** Bytes of all accessors as they are unpacked; those without data, or with few numbers in them, are whole arrays then. */
const mostUnpacked = 256 * 1024 * 1024

/** A scene description: lists of objects, in which anything may stand yet. */
type Thing = Readonly<Record<string, unknown>>
type Scene = Record<(typeof lists)[number], Thing[]>
const lists = ['accessors', 'bufferViews', 'nodes', 'meshes', 'scenes'] as const

const widths = new Map<unknown, number>(
  Object.entries({ SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 }),
)
const componentBytes = new Map<unknown, number>([
  [5120, 1],
  [5121, 1],
  [5122, 2],
  [5123, 2],
  [5125, 4],
  [5126, 4],
])

/**
 * Checks that a binary glTF can be read in memory of a few times its size: whatever it declares lies within its bytes, its
 * nodes are trees, and what they place, each mesh as often as it stands there, is not too much. Whether it is sound otherwise
 * is left to its reader.
 *
 * @param glb all of its bytes @param mostVertices that all nodes together may place, and a twelfth of the indices
 * @throws Error, a sentence without its stop that goes on from the file's name
 */
export function assertGlbBounds(glb: Uint8Array, mostVertices: number): void {
  const { json, binBytes } = chunksOf(glb)
  countThings(json)
  const scene = sceneOf(json)
  judgeAccessors(scene, binBytes)
  judgeNodes(scene, mostVertices)
}

function chunksOf(glb: Uint8Array): { json: unknown; binBytes: number } {
  const view = new DataView(glb.buffer, glb.byteOffset, glb.byteLength)
  if (glb.length < 20 || view.getUint32(0, true) !== 0x46546c67 || view.getUint32(4, true) !== 2)
    throw new Error('it is no binary glTF 2.0')
  const jsonBytes = view.getUint32(12, true)
  if (jsonBytes > mostJson || 20 + jsonBytes > glb.length)
    throw new Error(`its scene description claims ${jsonBytes} bytes of ${glb.length}`)
  const binAt = 20 + jsonBytes + 8
  const binBytes = binAt <= glb.length ? view.getUint32(binAt - 8, true) : 0
  if (binBytes > 0 && binAt + binBytes > glb.length)
    throw new Error(`its data claim ${binBytes} bytes of ${glb.length - binAt}`)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(glb.subarray(20, 20 + jsonBytes))
    return { json: JSON.parse(text), binBytes }
  } catch {
    throw new Error('its scene description is no JSON')
  }
}

/** Without recursion: brackets may stand within brackets a million deep. */
function countThings(json: unknown): void {
  const left = [json]
  for (let things = 0; left.length > 0; ) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) continue
    if (++things > mostThings) throw new Error(`its scene holds more than ${mostThings} things`)
    for (const inner of Object.values(value)) if (typeof inner === 'object') left.push(inner)
  }
}

function sceneOf(json: unknown): Scene {
  const given = Object(json) as Thing
  return Object.fromEntries(lists.map((name) => [name, things(given[name])])) as Scene
}

function judgeAccessors({ accessors, bufferViews }: Scene, binBytes: number): void {
  let unpacked = 0
  for (const accessor of accessors) {
    const { type, componentType, bufferView, sparse } = accessor
    const elementBytes = (widths.get(type) ?? Number.NaN) * (componentBytes.get(componentType) ?? Number.NaN)
    const count = whole(accessor.count)
    unpacked += count * elementBytes
    if (!(unpacked <= mostUnpacked)) throw new Error(`its accessors take more than ${mostUnpacked} bytes`)
    /** @param part with the buffer view and the offset in it */
    const lies = (part: Thing, elements: number, bytes: number) => {
      const view = Object(bufferViews[whole(part.bufferView)]) as Thing
      const [start, length] = [whole(view.byteOffset ?? 0), whole(view.byteLength)]
      const end = whole(part.byteOffset ?? 0) + whole(view.byteStride ?? bytes) * (elements - 1) + bytes
      if (elements === 0 || (end <= length && start + length <= binBytes)) return
      throw new Error(`its accessor of ${elements} elements lies beyond its data`)
    }
    if (bufferView !== undefined) lies(accessor, count, elementBytes)
    if (sparse === undefined) continue
    const { count: replaced, indices, values } = Object(sparse) as Thing
    if (whole(replaced) > count)
      throw new Error(`its accessor of ${count} elements has ${replaced} in their place`)
    const [places, numbers] = [Object(indices) as Thing, Object(values) as Thing]
    lies(places, whole(replaced), componentBytes.get(places.componentType) ?? Number.NaN)
    lies(numbers, whole(replaced), elementBytes)
  }
}

/** Each node hangs on one other or on none, so that walking them ends. */
function judgeNodes({ nodes, meshes, scenes, accessors }: Scene, mostVertices: number): void {
  const seen = new Set<number>()
  const placed = { vertices: 0, indices: 0 }
  const left = scenes.flatMap((scene) => places(scene.nodes).map((node) => ({ node, depth: 1 })))
  while (left.length > 0) {
    const { node: which, depth } = left.pop()!
    const node = nodes[which]
    if (!node || depth > mostDepth) throw new Error(`its nodes go deeper than ${mostDepth}, or nowhere`)
    if (seen.has(which)) {
      // A node may stand in several scenes, below another only once.
      if (depth === 1) continue
      throw new Error('its nodes are no trees')
    }
    seen.add(which)
    for (const child of places(node.children)) left.push({ node: child, depth: depth + 1 })
    const mesh = node.mesh === undefined ? {} : (Object(meshes[whole(node.mesh)]) as Thing)
    for (const { attributes, indices } of things(mesh.primitives)) {
      const countOf = (accessor: unknown) =>
        accessor === undefined ? undefined : whole((Object(accessors[whole(accessor)]) as Thing).count)
      const vertices = countOf((Object(attributes) as Thing).POSITION) ?? 0
      placed.vertices += vertices
      placed.indices += countOf(indices) ?? vertices
    }
    if (placed.vertices > mostVertices || placed.indices > 12 * mostVertices)
      throw new Error(`its nodes place more than ${mostVertices} vertices`)
  }
}

/** A list of objects; none is an empty one. */
function things(list: unknown): Thing[] {
  if (list === undefined) return []
  if (Array.isArray(list) && list.every((thing) => typeof thing === 'object' && thing !== null)) return list
  throw new Error('something in its scene is no list of things')
}

/** A list of places in other lists; none is an empty one. */
function places(list: unknown): number[] {
  if (list === undefined) return []
  if (Array.isArray(list)) return list.map(whole)
  throw new Error('something in its scene is no list of places')
}

function whole(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
  throw new Error('something in its scene is no whole number')
}
