/**
 * What Cloudflare charges on the Workers Paid plan, US dollars, as published in 2026. `included` comes with the plan (or
 * R2's free tier) each month.
 */
export const prices = {
  plan: 5,
  requests: { included: 10e6, perMillion: 0.3 },
  cpuMilliseconds: { included: 30e6, perMillion: 0.02 },
  /** R2 writes and lists. */
  classA: { included: 1e6, perMillion: 4.5 },
  /** R2 reads. */
  classB: { included: 10e6, perMillion: 0.36 },
  /** R2 storage, gigabyte-months. */
  storage: { included: 10, perUnit: 0.015 },
  objectCalls: { included: 1e6, perMillion: 0.15 },
  /** Durable Objects' duration, gigabyte-seconds at 128 MB. */
  objectDuration: { included: 400_000, perMillion: 12.5 },
  /** Lines of Workers Logs: each request leaves one, in a flood an isolate a few hundred a minute (limits.ts). */
  logLines: { included: 20e6, perMillion: 0.6 },
  objectRowsWritten: { included: 50e6, perMillion: 1 },
} as const
