import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { toOnnx } from '../../client/graph/onnx.ts'
import type { Tensor } from '../../client/graph/tensor.ts'

/** Compiles and runs a graph on onnxruntime-node. Feeds: flat data by input name; shapes come from the graph. */
export async function runGraph(
  outputs: Readonly<Record<string, Tensor>>,
  feeds: Readonly<Record<string, Float32Array | Int32Array>>,
): Promise<Record<string, Float32Array>> {
  const model = toOnnx(outputs)
  const session = await InferenceSession.create(model.bytes)
  const result = await session.run(
    Object.fromEntries(
      model.inputs.map(({ name, shape, dtype }) => [
        name,
        new OrtTensor(dtype as 'float32', feeds[name] as Float32Array, shape),
      ]),
    ),
  )
  await session.release()
  return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, value.data as Float32Array]))
}
