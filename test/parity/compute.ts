import { toOnnx } from '../../client/graph/onnx.ts'
import type { Tensor } from '../../client/graph/tensor.ts'
import type { HostTensor, Runtime } from '../../client/runtime/runtime.ts'

/** Compiles a graph, runs it once and reads every output. Feeds: flat data by input name; shapes come from the graph. */
export async function compute(
  runtime: Runtime,
  outputs: Readonly<Record<string, Tensor>>,
  feeds: Readonly<Record<string, Float32Array | Int32Array>>,
): Promise<Record<string, Float32Array>> {
  const model = toOnnx(outputs)
  const session = await runtime.session(model.bytes)
  const given = model.inputs.map(({ name, shape, dtype }) => [
    name,
    { type: dtype, dims: shape, data: feeds[name] } as HostTensor,
  ])
  const results = await session.run(Object.fromEntries(given))
  const read: Record<string, Float32Array> = {}
  for (const [name, value] of Object.entries(results)) {
    read[name] = (await value.read()) as Float32Array
    value.dispose()
  }
  await session.release()
  return read
}
