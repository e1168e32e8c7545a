import type { Emitter } from './emitter.ts'
import type { Attributes, Dtype, Shape, Tensor } from './tensor.ts'

/** An entry of the op table. */
export interface Op {
  shape(inputs: readonly Tensor[], attributes: Attributes): Shape
  /** Default: the first input's. */
  dtype?: Dtype
  /** Writes the node(s) that compute `output` from the named inputs. */
  onnx(emit: Emitter, inputs: readonly string[], output: string, node: Tensor): void
  /** d loss / d input for each input, given `dy` = d loss / d node; null where it is not differentiable. */
  gradient(node: Tensor, dy: Tensor): readonly (Tensor | null)[]
}
