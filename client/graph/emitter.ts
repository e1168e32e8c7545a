import type { Attributes, Shape } from './tensor.ts'

/** What an op entry uses to write its nodes. */
export interface Emitter {
  node(type: string, inputs: readonly string[], output: string, attributes?: Attributes): void
  /** Names of shared initialisers. */
  ints(values: readonly number[]): string
  scalar(value: number): string
  zeros(shape: Shape): string
  /** A fresh name for a value between two nodes of one op. */
  temporary(): string
}
