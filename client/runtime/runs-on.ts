/** What a runtime computes on, and why there: from it a sentence can be made in any language. */
export type RunsOn =
  /** Name of the graphics device; null where the browser does not tell it. */
  | { on: 'webgpu'; adapter: string | null }
  | { on: 'cpu'; by: 'WebAssembly' | 'onnxruntime-node'; threads: number; why?: WhyCpu }
  /** Nothing had to be computed. */
  | { on: 'nothing' }

/** Why not on the graphics device. */
export type WhyCpu =
  | { code: 'not-asked' | 'no-webgpu' | 'no-adapter' }
  | { code: 'software'; adapter: string | null }
  /** Bytes that one buffer may have, and those that are needed. */
  | { code: 'small-buffers'; adapter: string | null; bytes: number; needed: number }
  | { code: 'did-not-start'; message: string }

/** @example reasonOf({ on: 'cpu', by: 'WebAssembly', threads: 2, why: { code: 'no-webgpu' } }) // -> 'CPU with 2 threads: this browser has no WebGPU.' */
export function reasonOf(place: RunsOn): string {
  if (place.on === 'nothing') return 'Nothing had to be optimised, so no network was loaded.'
  if (place.on === 'webgpu') return `WebGPU on ${place.adapter ?? 'an unnamed adapter'}.`
  const threads = `CPU with ${place.threads} ${place.threads === 1 ? 'thread' : 'threads'}`
  return place.why ? `${threads}: ${whyCpu(place.why)}.` : `${threads} (${place.by}).`
}

function whyCpu(why: WhyCpu): string {
  switch (why.code) {
    case 'not-asked':
      return 'WebGPU was not asked for'
    case 'no-webgpu':
      return 'this browser has no WebGPU'
    case 'no-adapter':
      return 'this browser has no WebGPU adapter'
    case 'software':
      return `the only WebGPU adapter is ${why.adapter ?? 'an unnamed one'}, which computes in software and is slower than the CPU`
    case 'small-buffers':
      return `the WebGPU adapter ${why.adapter ?? ''} allows buffers of ${why.bytes} bytes, and ${why.needed} are needed`
    case 'did-not-start':
      return `WebGPU did not start (${why.message})`
  }
}
