/**
 * Runs one step of a set-up and prints what became of it with its seconds.
 *
 * @param work returns whether there was anything to do
 * @example await step('Client', buildClient) // prints "Client: done (2.1 s)" or "Client: up to date (0.1 s)"
 */
export async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  const worked = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name}: ${worked ? 'done' : 'up to date'} (${seconds} s)`)
}
