import { componentBytes, type Glb, refused, typeWidths } from './glb-file.ts'
import type { Scene } from './glb-scene.ts'

/** Bytes of the binary chunk that something reads: from the first to before the last. */
type Stretch = [from: number, to: number]

/** Zeros or spaces between two things, so that each begins at a multiple of eight. */
const isPadding = (bytes: Uint8Array) =>
  bytes.length < 8 && bytes.every((byte) => byte === 0 || byte === 0x20)

/**
 * Checks that a file holds nothing but what its meshes, pictures, bones and animations read: bytes that nothing refers to could
 * be anything. Comes after the checks of what they read, which lies within the file.
 *
 * @throws ValidationError
 */
export function checkCoverage(glb: Glb): void {
  const { part, scene, bin } = glb
  const used = usedAccessors(scene)
  if (used.size < scene.accessors.length) {
    throw refused(part, 'glb-unused', `${part} has accessors that nothing refers to.`)
  }
  const stretches = [
    ...scene.images.map(({ bufferView }) => wholeView(scene, bufferView)),
    ...[...used].flatMap((which) => sparseStretches(scene, which)),
    ...vertexStretches(glb, used),
  ].sort(([a], [b]) => a - b)
  let covered = 0
  for (const [from, to] of [...stretches, [bin.length, bin.length]]) {
    const between = bin.subarray(covered, Math.max(covered, from))
    if (!isPadding(between)) {
      throw refused(
        part,
        'glb-unused',
        `${part} holds bytes at ${covered} of its data that nothing refers to.`,
      )
    }
    covered = Math.max(covered, to)
  }
}

function usedAccessors({ meshes, skins, animations }: Scene): Set<number> {
  const used = new Set<number>()
  for (const { primitives } of meshes) {
    const [{ attributes, targets, indices }] = primitives
    for (const which of Object.values(attributes) as number[]) used.add(which)
    for (const { POSITION } of targets ?? []) used.add(POSITION)
    used.add(indices)
  }
  for (const { inverseBindMatrices } of skins ?? []) used.add(inverseBindMatrices)
  for (const { samplers } of animations ?? [])
    for (const { input, output } of samplers) used.add(input).add(output)
  return used
}

function wholeView({ bufferViews }: Scene, which: number): Stretch {
  const { byteOffset = 0, byteLength } = bufferViews[which]
  return [byteOffset, byteOffset + byteLength]
}

function sparseStretches({ accessors, bufferViews }: Scene, which: number): Stretch[] {
  const { sparse } = accessors[which]
  if (!sparse) return []
  const { count, indices, values } = sparse
  const stretch = (
    { bufferView, byteOffset = 0 }: { bufferView: number; byteOffset?: number },
    bytes: number,
  ) => {
    const from = (bufferViews[bufferView].byteOffset ?? 0) + byteOffset
    return [from, from + count * bytes] as Stretch
  }
  return [stretch(indices, componentBytes[indices.componentType]), stretch(values, 3 * componentBytes[5126])]
}

/** Of accessors with data. Those that share a buffer view with a stride must fill it from one vertex to the next. */
function vertexStretches({ part, scene }: Glb, used: ReadonlySet<number>): Stretch[] {
  const stretches: Stretch[] = []
  /** By buffer view: what of a stride is read, and how often. */
  const strides = new Map<number, { read: Stretch[]; counts: Set<number> }>()
  for (const which of used) {
    const { type, componentType, count, bufferView, byteOffset = 0 } = scene.accessors[which]
    if (bufferView === undefined) continue
    const bytes = typeWidths[type] * componentBytes[componentType]
    const view = scene.bufferViews[bufferView]
    const from = (view.byteOffset ?? 0) + byteOffset
    if ((view.byteStride ?? bytes) === bytes) {
      stretches.push([from, from + count * bytes])
      continue
    }
    const { read, counts } = strides.get(bufferView) ?? { read: [], counts: new Set() }
    read.push([byteOffset, byteOffset + bytes])
    strides.set(bufferView, { read, counts: counts.add(count) })
  }
  for (const [which, { read, counts }] of strides) {
    const { byteOffset = 0, byteStride = 0 } = scene.bufferViews[which]
    let covered = 0
    for (const [from, to] of read.sort(([a], [b]) => a - b))
      if (from <= covered) covered = Math.max(covered, to)
    if (covered !== byteStride || counts.size !== 1) {
      throw refused(part, 'glb-unused', `${part} holds bytes between its vertices that nothing refers to.`)
    }
    const [count] = counts
    stretches.push([byteOffset, byteOffset + count * byteStride])
  }
  return stretches
}
