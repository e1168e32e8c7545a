import type { Runtime } from './runtime.ts'

/** ONNX IR 8, opset 18: `y = x + x`, x and y float32 [4]. Written out because runtime/ knows nothing of graph/. */
const double = Uint8Array.from(
  atob('CAg6OQoOCgF4CgF4EgF5IgNBZGQSBXByb2JlWg8KAXgSCgoICAESBAoCCARiDwoBeRIKCggIARIECgIIBEIECgAQEg=='),
  (character) => character.charCodeAt(0),
)

/**
 * Runs a graph of one node. Until then nothing says that a provider works: its WebAssembly is loaded by the first
 * session, and a broken driver may answer with zeros.
 *
 * @throws Error where the provider does not start or computes something else than 2x.
 */
export async function probe(runtime: Runtime): Promise<void> {
  const session = await runtime.session(double)
  const { y } = await session.run({ x: { type: 'float32', dims: [4], data: Float32Array.of(1, 2, 3, -4) } })
  const values = [...(await y.read())].map(Number)
  y.dispose()
  await session.release()
  if (values.join() !== '2,4,6,-8') throw new Error(`it computed [${values}] instead of [2,4,6,-8]`)
}
