import { add, ops } from './ops.ts'
import { constant, sizeOf, type Tensor, topological } from './tensor.ts'

/**
 * Reverse-mode differentiation: appends the backward nodes and returns d loss / d parameter for each parameter.
 * Only paths that lead to a parameter are followed, so frozen weights cost nothing.
 *
 * @throws Error where the loss is not a single number or does not depend on a parameter.
 */
export function gradient(loss: Tensor, parameters: readonly Tensor[]): Tensor[] {
  if (sizeOf(loss.shape) !== 1)
    throw new Error(`gradient: the loss must be one number, not of shape [${loss.shape}].`)
  const order = topological([loss])
  const wanted = new Set<Tensor>(parameters)
  for (const tensor of order) if (tensor.inputs.some((source) => wanted.has(source))) wanted.add(tensor)

  const gradients = new Map<Tensor, Tensor>([[loss, constant(new Float32Array([1]), loss.shape)]])
  for (const tensor of order.reverse()) {
    const dy = gradients.get(tensor)
    if (!dy || !wanted.has(tensor) || tensor.inputs.length === 0) continue
    const entry = ops[tensor.op]
    entry.gradient(tensor, dy).forEach((dx, i) => {
      const source = tensor.inputs[i]
      if (!dx || !wanted.has(source)) return
      const soFar = gradients.get(source)
      gradients.set(source, soFar ? add(soFar, dx) : dx)
    })
  }
  return parameters.map((parameter) => {
    const result = gradients.get(parameter)
    if (!result) throw new Error(`gradient: the loss does not depend on "${parameter.name ?? parameter.op}".`)
    return result
  })
}
