import { existsSync } from 'node:fs'

/** WebGPU on SwiftShader: real WGSL and real compute shaders on a machine without a GPU. */
export const browserArguments = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-webgpu-adapter=swiftshader',
]

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium that the browser tests drive: `CHROMIUM` where set, else the first of the usual places that exists. */
export function chromiumPath(): string {
  return process.env.CHROMIUM ?? places.find((path) => existsSync(path)) ?? places[0]
}
