import { serveWorker } from '../../client/app/serve-worker.ts'

/** What a worker may do instead of answering. */
export interface MortalWorker {
  answer(): number
  never(): Promise<never>
  /** Its thread does nothing else meanwhile. */
  compute(milliseconds: number): void
  end(): void
  fail(): void
}

serveWorker({
  answer: () => 42,
  never: () => new Promise<never>(() => {}),
  compute(milliseconds) {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
  },
  end: () => self.close(),
  fail() {
    setTimeout(() => {
      throw new Error('out of memory')
    })
  },
} satisfies MortalWorker)
