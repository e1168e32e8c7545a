/** MediaPipe's canonical face model, from the model store. */
import type { ModelStore } from '../../runtime/models.ts'

export interface CanonicalFace {
  /** 468 x [x, y, z], centimetres, head frame. */
  pos: Float64Array
  /** 468 x [u, v], origin top-left; the mirror of a UV is off by up to 0.0012 (face-mesh.ts evens that out). */
  uv: Float64Array
  /** 898 x 3 */
  tri: Uint32Array
  /** 33 x [landmark, weight] for the pose. */
  basis: [number, number][]
  /** 468: each vertex's left-right partner. */
  mirror: Uint32Array
}

/** Loads the model `canonical-face` of a store. */
export async function canonicalFace(store: ModelStore): Promise<CanonicalFace> {
  return readCanonicalFace(await store.load('canonical-face'))
}

/** @param files of the model `canonical-face` */
export function readCanonicalFace(files: Map<string, Uint8Array>): CanonicalFace {
  const { pos, uv, tri, basis, mirror } = JSON.parse(new TextDecoder().decode(files.get('canonical.json')))
  return {
    pos: Float64Array.from(pos.flat()),
    uv: Float64Array.from(uv.flat()),
    tri: Uint32Array.from(tri),
    basis,
    mirror: Uint32Array.from(mirror),
  }
}
