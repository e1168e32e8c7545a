import { describe } from 'vitest'
import { wasmRuntime } from '../../../client/runtime/wasm.ts'
import { conformance } from '../../conformance/suite.ts'
import { wasmFiles } from '../../support/wasm.ts'

describe('wasm', () => conformance(() => wasmRuntime({ wasmFiles })))
