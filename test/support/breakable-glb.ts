// biome-ignore lint/suspicious/noExplicitAny: a scene that the tests break in every way
export type Scene = any

function split(glb: Uint8Array): { scene: Scene; bin: Uint8Array } {
  const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true)
  const scene = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)))
  return { scene, bin: glb.slice(28 + length) }
}

function join(text: string, bin: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(
    text + ' '.repeat((4 - (new TextEncoder().encode(text).length % 4)) % 4),
  )
  const glb = new Uint8Array(28 + json.length + bin.length)
  const view = new DataView(glb.buffer)
  const words: [number, number][] = [
    [0, 0x46546c67],
    [4, 2],
    [8, glb.length],
    [12, json.length],
    [16, 0x4e4f534a],
    [20 + json.length, bin.length],
    [24 + json.length, 0x004e4942],
  ]
  for (const [at, value] of words) view.setUint32(at, value, true)
  glb.set(json, 20)
  glb.set(bin, 28 + json.length)
  return glb
}

/** A file's scene, and the file with its scene, the text of it or its data changed. */
export function breakable(glb: Uint8Array) {
  const { scene, bin } = split(glb)
  return {
    scene,
    withScene(change: (scene: Scene) => void): Uint8Array {
      const copy = structuredClone(scene)
      change(copy)
      return join(JSON.stringify(copy), bin)
    },
    withData(change: (view: DataView) => void): Uint8Array {
      const copy = bin.slice()
      change(new DataView(copy.buffer))
      return join(JSON.stringify(scene), copy)
    },
    /** With the text of its scene changed. */
    withText: (change: (json: string) => string) => join(change(JSON.stringify(scene)), bin),
    /** The file as it was, put together anew; with bytes behind its data, which it declares. */
    join(more = new Uint8Array()): Uint8Array {
      const copy = structuredClone(scene)
      copy.buffers[0].byteLength = bin.length + more.length
      const longer = new Uint8Array(bin.length + more.length)
      longer.set(bin)
      longer.set(more, bin.length)
      return join(JSON.stringify(more.length > 0 ? copy : scene), longer)
    },
  }
}

/** Where the data of an accessor begin. */
export const at = ({ bufferViews }: Scene, { bufferView, byteOffset }: Scene): number =>
  bufferViews[bufferView].byteOffset + byteOffset
