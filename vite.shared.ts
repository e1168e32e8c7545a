import type { Plugin, UserConfig } from 'vite'
import { basisWithoutEval } from './client/result/basis-without-eval.ts'

/** What a page needs for SharedArrayBuffer, so that WebAssembly can use threads. The worker sends the same. */
export const isolationHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * onnxruntime-web points at its WebAssembly as an asset beside the script; Vite would copy it into the build, where one
 * file exceeds what a static asset may weigh. The runtime names the file below /models/ instead, so the reference goes.
 */
function ortWasmElsewhere(): Plugin {
  return {
    name: 'ort-wasm-elsewhere',
    transform(code, id) {
      if (!id.includes('/onnxruntime-web/')) return
      return code.replace(/new URL\(("ort-wasm[^"]*\.wasm"),\s*import\.meta\.url\)\.href/g, '$1')
    },
  }
}

/** What the page's code and that of its workers need alike. */
export const codePlugins = () => [ortWasmElsewhere(), basisWithoutEval()]

/** Shared by the build and the browser tests. */
export const shared = {
  worker: { format: 'es', plugins: codePlugins },
  optimizeDeps: {
    // Served as they are: threads start from onnxruntime's own file, and the encoder's WebAssembly lies beside its script.
    exclude: ['onnxruntime-web', 'ktx2-encoder'],
    // Found by themselves they would reload the page in the middle of a test.
    include: [
      '@gltf-transform/core',
      '@gltf-transform/extensions',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-converter',
      '@tensorflow/tfjs-core',
      'comlink',
      'idb-keyval',
      'ktx2-encoder > ktx-parse',
      'lit-html',
      'three',
      'uqr',
      'three/addons/loaders/GLTFLoader.js',
      'three/addons/loaders/KTX2Loader.js',
      'zod',
    ],
  },
} satisfies UserConfig

/** All that a built page depends on; of the worker what it shares with the page. */
export const clientSources = [
  'client',
  'worker/contract',
  'worker/texts',
  'package.json',
  'package-lock.json',
]
