import type { Attributes, Shape } from './tensor.ts'

/** What an op entry uses to write its nodes. */
export interface Emitter {
  node(type: string, inputs: readonly string[], output: string, attributes?: Attributes): void
  /** Names of shared initialisers. */
  ints(values: readonly number[]): string
  scalar(value: number): string
  zeros(shape: Shape): string
  /** Writes a node between others of one op. @returns the name of its output */
  value(type: string, inputs: readonly string[], attributes?: Attributes): string
}
