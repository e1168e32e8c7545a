/** A tensor of float16 numbers. */
export interface HalfTensor {
  shape: number[]
  /** The numbers' bits. */
  data: Uint16Array
}

type Attributes = Record<string, object>

/** Where a convolution or a pool reads: TensorFlow's `SAME` pads, `VALID` does not. */
export interface Window {
  stride: number
  padding?: 'SAME' | 'VALID'
}

/** Builds a TensorFlow graph in the files of a tfjs graph model. Every method returns the name of the node that it adds. */
export class TfGraph {
  readonly #nodes: { name: string; op: string; input: string[]; attr: Attributes }[] = []
  readonly #weights: object[] = []
  readonly #data: Uint8Array[] = []

  /** @param shape [batch, height, width, channels] */
  placeholder(shape: number[]): string {
    const dim = shape.map((size) => ({ size: String(size) }))
    return this.#node('Placeholder', [], { shape: { shape: { dim } } })
  }

  constant({ shape, data }: HalfTensor): string {
    const quantization = { dtype: 'float16', original_dtype: 'float32' }
    return this.#constant({ shape, dtype: 'float32', quantization }, data)
  }

  /**
   * Convolution and bias, then PReLU where there is a slope for each channel.
   * @param kernel [height, width, in, out]
   */
  convolution(
    x: string,
    { kernel, bias, slope }: { kernel: string; bias: string; slope?: string },
    window: Window,
    name?: string,
  ): string {
    const extra = slope ? [bias, slope] : [bias]
    const attributes = {
      ...windowAttributes(window),
      fused_ops: { list: { s: ['BiasAdd', 'Prelu'].slice(0, extra.length).map(base64) } },
      num_args: { i: String(extra.length) },
    }
    return this.#node('_FusedConv2D', [x, kernel, ...extra], attributes, name)
  }

  /** @param kernel [height, width, channels, 1] */
  depthwise(x: string, kernel: string): string {
    return this.#node('DepthwiseConv2dNative', [x, kernel], windowAttributes({ stride: 1 }))
  }

  add(a: string, b: string): string {
    return this.#node('AddV2', [a, b])
  }

  prelu(x: string, slope: string): string {
    return this.#node('Prelu', [x, slope])
  }

  /** Maxima of squares of 2 x 2. */
  halved(x: string): string {
    const ksize = { list: { i: ['1', '2', '2', '1'] } }
    return this.#node('MaxPool', [x], { ...windowAttributes({ stride: 2 }), ksize })
  }

  /** Appends channels of zeros. */
  padChannels(x: string, count: number): string {
    const paddings = Int32Array.of(0, 0, 0, 0, 0, 0, 0, count)
    return this.#node('Pad', [x, this.#constant({ shape: [4, 2], dtype: 'int32' }, paddings)])
  }

  /** `model.json` and `model.bin`. */
  files(outputs: string[]): Map<string, Uint8Array> {
    const model = {
      format: 'graph-model',
      signature: { outputs: Object.fromEntries(outputs.map((name) => [name, { name: `${name}:0` }])) },
      modelTopology: { node: this.#nodes, versions: {} },
      weightsManifest: [{ paths: ['model.bin'], weights: this.#weights }],
    }
    return new Map<string, Uint8Array>([
      ['model.json', new TextEncoder().encode(JSON.stringify(model))],
      ['model.bin', Buffer.concat(this.#data)],
    ])
  }

  #constant(weight: object, { buffer, byteOffset, byteLength }: Uint16Array | Int32Array): string {
    const name = this.#node('Const', [])
    this.#weights.push({ name, ...weight })
    this.#data.push(new Uint8Array(buffer, byteOffset, byteLength))
    return name
  }

  #node(op: string, input: string[], attr: Attributes = {}, name = `node${this.#nodes.length}`): string {
    this.#nodes.push({ name, op, input, attr: { T: { type: 'DT_FLOAT' }, ...attr } })
    return name
  }
}

/** Text in attributes is bytes, which JSON holds as base64. */
function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function windowAttributes({ stride, padding = 'SAME' }: Window): Attributes {
  return {
    strides: { list: { i: ['1', String(stride), String(stride), '1'] } },
    padding: { s: base64(padding) },
    data_format: { s: base64('NHWC') },
    dilations: { list: { i: ['1', '1', '1', '1'] } },
  }
}
