/**
 * Runs asynchronous jobs one after the other. A job that rejects rejects for its own caller only: the jobs behind it
 * run as if nothing had happened.
 *
 * @example
 * const queue = new Queue()
 * queue.add(async () => { throw new Error('no') }) // rejects
 * await queue.add(async () => 4) // -> 4
 */
export class Queue {
  #tail: Promise<unknown> = Promise.resolve()

  add<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(job)
    this.#tail = result.catch(() => {})
    return result
  }
}
