/** The workers that this page starts from now on. */
export function catchWorkers(): Worker[] {
  const caught: Worker[] = []
  const { Worker: Real } = globalThis
  globalThis.Worker = class extends Real {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given)
      caught.push(this)
    }
  }
  return caught
}
