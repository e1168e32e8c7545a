import type { OrtBuild } from './wasm.ts'

export async function requestAdapter(): Promise<GPUAdapter | null> {
  return (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null
}

/** "NVIDIA GeForce RTX 3060", or what the browser tells of it ("nvidia ampere"); null where that is nothing. */
export function adapterName(info: GPUAdapterInfo): string | null {
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || null
}

/** JSPI needs 16 MB of WebAssembly, asyncify 26 MB for the same work. */
export const webgpuBuild = (): OrtBuild => ('Suspending' in WebAssembly ? 'jspi' : 'asyncify')
