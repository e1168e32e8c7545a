/** How a convolution is laid out. */
export interface ConvOptions {
  strides?: readonly [number, number] | readonly number[]
  /** top, left, bottom, right */
  pads?: readonly number[]
  /**
   * Stride 1 only: name of the input that holds the weight for the way back: [in, out, kh, kw], each kernel turned by half a turn. That is a
   * convolution again, which runtimes on the CPU do in half the time of a transposed one, and in a fraction of its memory.
   */
  adjoint?: string
}
