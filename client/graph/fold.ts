import { constant, sameShape, sizeOf, type Tensor, topological } from './tensor.ts'

const arithmetic: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
}

const scalarOf = (x: Tensor): number | null =>
  x.op === 'constant' && x.dtype === 'float32' && sizeOf(x.shape) === 1 ? x.data![0] : null

/**
 * Rewrites the graph below `outputs`: equal subexpressions become one node, arithmetic on single numbers is done now,
 * and x * 1, x / 1, x + 0, x - 0, double reshapes, (x * a) * b and expansions that the next operation would do anyway are
 * simplified. Dead nodes vanish by not being reached.
 */
export function fold(outputs: readonly Tensor[]): Tensor[] {
  const replaced = new Map<Tensor, Tensor>()
  const known = new Map<string, Tensor>()
  for (const tensor of topological(outputs)) {
    const inputs = tensor.inputs.map((x) => replaced.get(x)!)
    const moved = inputs.some((x, i) => x !== tensor.inputs[i]) ? { ...tensor, inputs } : tensor
    const simple = simplify(moved)
    const key = keyOf(simple)
    const canonical = known.get(key) ?? simple
    known.set(key, canonical)
    replaced.set(tensor, canonical)
  }
  return outputs.map((x) => replaced.get(x)!)
}

function keyOf(x: Tensor): string {
  if (x.op === 'input') return `input ${x.name}`
  if (x.op === 'constant') {
    return x.data!.length > 64 ? `constant #${x.id}` : `constant ${x.dtype} [${x.shape}] ${x.data!.join()}`
  }
  return `${x.op} ${x.inputs.map((i) => i.id)} ${JSON.stringify(x.attributes)}`
}

function simplify(x: Tensor): Tensor {
  const [a, b] = x.inputs
  if (x.op === 'computedAs') return a
  if (x.op === 'reshape' && a.op === 'reshape') {
    const source = a.inputs[0]
    return sameShape(source.shape, x.shape) ? source : { ...x, inputs: [source] }
  }
  if (x.op === 'reshape' && a.op === 'constant' && sizeOf(a.shape) === 1)
    return { ...a, id: x.id, shape: x.shape }
  const operation = arithmetic[x.op]
  if (!operation) return x
  if (x.op === 'add') {
    const joined = joinedPads(a, b) ?? joinedPads(b, a)
    if (joined) return { ...x, ...joined }
  }
  if (a.op === 'expand' && sameShape(b.shape, x.shape)) return simplify({ ...x, inputs: [a.inputs[0], b] })
  if (b.op === 'expand' && sameShape(a.shape, x.shape)) return simplify({ ...x, inputs: [a, b.inputs[0]] })
  const left = scalarOf(a)
  const right = scalarOf(b)
  if (left !== null && right !== null) {
    return constant(Float32Array.of(operation(left, right)), x.shape)
  }
  // A neutral element may only go where it does not also broadcast its partner.
  if (right === (x.op === 'mul' || x.op === 'div' ? 1 : 0) && sameShape(a.shape, x.shape)) return a
  if (left === (x.op === 'mul' ? 1 : 0) && (x.op === 'mul' || x.op === 'add') && sameShape(b.shape, x.shape))
    return b
  if (x.op === 'mul' && right !== null && a.op === 'sign' && right > 0)
    return { ...a, id: x.id, attributes: { amplitude: right * (a.attributes.amplitude as number) } }
  if (x.op === 'mul' && right !== null && a.op === 'mul') {
    const inner = scalarOf(a.inputs[1])
    if (inner !== null && sameShape(a.inputs[0].shape, x.shape)) {
      return { ...x, inputs: [a.inputs[0], constant(inner * right)] }
    }
  }
  return x
}

/** What was cut in two and comes back as two padded gradients is put together again. */
function joinedPads(a: Tensor, b: Tensor): Pick<Tensor, 'op' | 'inputs' | 'attributes'> | null {
  if (a.op !== 'pad' || b.op !== 'pad' || a.attributes.axis !== b.attributes.axis) return null
  const axis = a.attributes.axis as number
  const [first, second] = [a.inputs[0], b.inputs[0]]
  const isWhole = a.attributes.before === 0 && b.attributes.after === 0
  if (!isWhole || first.shape[axis] + second.shape[axis] !== a.shape[axis]) return null
  return { op: 'concat', inputs: [first, second], attributes: { axis } }
}
