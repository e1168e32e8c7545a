import { describe, expect, it } from 'vitest'
import { webgpuBuild } from '../../../client/runtime/adapter.ts'
import { webgpuRuntime } from '../../../client/runtime/webgpu.ts'
import { sessionsAndValues } from '../../conformance/suite.ts'
import { wasmFiles } from '../../support/wasm.ts'

// As in a browser that has WebGPU but no JSPI. This file has a page of its own.
Reflect.deleteProperty(WebAssembly, 'Suspending')

it('takes the asyncify build', () => expect(webgpuBuild()).toBe('asyncify'))

describe('webgpu without JSPI', () => sessionsAndValues(() => webgpuRuntime({ wasmFiles })))
