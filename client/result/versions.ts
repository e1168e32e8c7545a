import manifest from '../../package.json' with { type: 'json' }
import type { RunRecord } from '../../worker/contract/record.ts'
import type { Provider } from '../runtime/runtime.ts'

/** Versions of what computes a texture. package.json pins each exactly, so it says what is installed. */
export function versionsFor(provider: Provider): RunRecord['versions'] {
  return {
    facerefiner: manifest.version,
    onnxruntime:
      provider === 'node'
        ? manifest.devDependencies['onnxruntime-node']
        : manifest.dependencies['onnxruntime-web'],
    tfjs: manifest.dependencies['@tensorflow/tfjs-core'],
  }
}
