/** What a foreign GLB may make a reader allocate: told by its scene description before anything is read of its data. */

/** Bytes of a scene description: of a head with all that moves it 80 kB, of a game's character about a megabyte. */
const mostJson = 4 * 1024 * 1024
/** Things in it, such as nodes and accessors: a reader makes an object of a kilobyte or two of each. */
const mostThings = 50_000
/** Nodes below each other. */
const mostDepth = 100
/** Bytes of all accessors as they are unpacked; those without data, or with few numbers in them, are whole arrays then. */
const mostUnpacked = 256 * 1024 * 1024

interface Accessor {
  type: string
  componentType: number
  count: number
  bufferView?: number
  byteOffset?: number
  sparse?: { count: number; indices: Part; values: Part }
}
interface Part {
  bufferView: number
  byteOffset?: number
  componentType?: number
}
interface View {
  byteOffset?: number
  byteLength: number
  byteStride?: number
}
interface Node {
  mesh?: number
  children?: number[]
}
interface Primitive {
  attributes: { POSITION?: number }
  indices?: number
}
/** As much of a scene description as is looked at here, where it is what it should be. */
interface Scene {
  accessors: Accessor[]
  bufferViews: View[]
  nodes: Node[]
  meshes: { primitives: Primitive[] }[]
  scenes: { nodes?: number[] }[]
}

const widths: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 }
const componentBytes: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 }

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

/** Its lists, empty where there are none, of objects alone. */
function sceneOf(json: unknown): Scene {
  const given = Object(json) as Record<string, unknown>
  const lists = ['accessors', 'bufferViews', 'nodes', 'meshes', 'scenes'].map((name) => {
    const list = given[name] ?? []
    if (!Array.isArray(list) || !list.every(isObject)) throw new Error(`its ${name} are no list`)
    return [name, list]
  })
  return Object.fromEntries(lists)
}

function judgeAccessors({ accessors, bufferViews }: Scene, binBytes: number): void {
  let unpacked = 0
  for (const [i, accessor] of accessors.entries()) {
    const { type, componentType, count, bufferView, byteOffset, sparse } = accessor
    const elementBytes = (widths[type] ?? Number.NaN) * (componentBytes[componentType] ?? Number.NaN)
    const isWhole = Number.isSafeInteger(count) && count >= 0 && elementBytes > 0
    unpacked += isWhole ? count * elementBytes : Number.POSITIVE_INFINITY
    if (unpacked > mostUnpacked) throw new Error(`its accessors take more than ${mostUnpacked} bytes`)
    const lies = (part: { bufferView: number; byteOffset?: number }, elements: number, bytes: number) => {
      const view = bufferViews[part.bufferView]
      const from = (view?.byteOffset ?? 0) + (part.byteOffset ?? 0)
      const stride = view?.byteStride ?? bytes
      const to = (part.byteOffset ?? 0) + stride * (elements - 1) + bytes
      if (elements === 0) return
      if (view && from >= 0 && to <= view.byteLength && (view.byteOffset ?? 0) + view.byteLength <= binBytes)
        return
      throw new Error(`its accessor ${i} of ${elements} elements lies beyond its data`)
    }
    if (bufferView !== undefined) lies({ bufferView, byteOffset }, count, elementBytes)
    if (!sparse) continue
    if (
      !isObject(sparse) ||
      !isObject(sparse.indices) ||
      !isObject(sparse.values) ||
      !(sparse.count <= count)
    )
      throw new Error(`its accessor ${i} is not sparse as it should be`)
    lies(sparse.indices, sparse.count, componentBytes[sparse.indices.componentType ?? 0] ?? Number.NaN)
    lies(sparse.values, sparse.count, elementBytes)
  }
}

/** Each node hangs on one other or on none, so that walking them ends. */
function judgeNodes({ nodes, meshes, scenes, accessors }: Scene, mostVertices: number): void {
  const seen = new Set<number>()
  const placed = { vertices: 0, indices: 0 }
  const left = scenes.flatMap(({ nodes: roots }) => listOf(roots).map((node) => ({ node, depth: 1 })))
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
    for (const child of listOf(node.children)) left.push({ node: child, depth: depth + 1 })
    const { primitives } = (node.mesh === undefined ? undefined : meshes[node.mesh]) ?? { primitives: [] }
    for (const { attributes, indices } of listOf(primitives)) {
      const vertices = accessors[Object(attributes).POSITION]?.count ?? 0
      placed.vertices += vertices
      placed.indices += indices === undefined ? vertices : (accessors[indices]?.count ?? 0)
    }
    if (placed.vertices > mostVertices || placed.indices > 12 * mostVertices)
      throw new Error(`its nodes place more than ${mostVertices} vertices`)
  }
}

function listOf<T>(list: readonly T[] | undefined): readonly T[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) throw new Error('something in its scene is no list')
  return list
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null
