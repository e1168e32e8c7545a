import asyncify from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import jspi from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { WasmFiles } from '../../client/runtime/wasm.ts'

/** onnxruntime's builds, served from the installed package. */
export const wasmFiles: WasmFiles = (build) => ({ asyncify, jspi, wasm })[build]
