import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from './package.ts'
import type { Recipe } from './recipe.ts'

/** WebAssembly of tfjs and onnxruntime. Served beside the models: the largest exceeds what static assets may weigh. */
export const runtimeFiles: Recipe[] = [
  {
    id: 'tfjs',
    from: '@tensorflow/tfjs-backend-wasm',
    purpose: 'runtime',
    licence: 'Apache-2.0',
    source: 'npm @tensorflow/tfjs-backend-wasm dist/*.wasm (TensorFlow.js by Google)',
    // Not the threaded build: its workers run a function's source text, which no minifier and no content security
    // policy lets through. Switch it off: tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false).
    make: () =>
      copies('@tensorflow/tfjs-backend-wasm', ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']),
  },
  {
    id: 'ort',
    from: 'onnxruntime-web',
    purpose: 'runtime',
    licence: 'MIT',
    source: 'npm onnxruntime-web dist/ort-wasm-simd-threaded*.wasm (ONNX Runtime by Microsoft)',
    make: () =>
      copies('onnxruntime-web', [
        'ort-wasm-simd-threaded.wasm',
        'ort-wasm-simd-threaded.jspi.wasm',
        'ort-wasm-simd-threaded.asyncify.wasm',
      ]),
  },
]

async function copies(name: string, files: string[]): Promise<Map<string, Uint8Array>> {
  const folder = await packageFolder(name)
  return new Map(files.map((file) => [file, readFileSync(join(folder, 'dist', file))]))
}
