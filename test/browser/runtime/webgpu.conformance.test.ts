import { describe } from 'vitest'
import { webgpuRuntime } from '../../../client/runtime/webgpu.ts'
import { conformance } from '../../conformance/suite.ts'
import { wasmFiles } from '../../support/wasm.ts'

describe('webgpu', () => conformance(() => webgpuRuntime({ wasmFiles })))
