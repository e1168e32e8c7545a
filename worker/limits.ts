import { requestLimits } from './contract/limits.ts'

const kilobyte = 1024
const megabyte = 1024 * kilobyte
const gigabyte = 1024 * megabyte
const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Every limit of the service, those that the contract tells included. Sizes are bytes, times are seconds unless the name says days. */
export const limits = {
  ...requestLimits,
  /** What a record may say: losses are means of distances, of which the largest seen is below 30. */
  record: { maxLoss: 1000, maxSteps: 20_000 },
  /** A claimed PSNR may be this far from the recomputed one, dB. */
  psnrTolerance: 0.5,
  /** Reports of each reason that are kept for one result; what comes after them says nothing new. */
  reportsPerReason: { serious: 20, other: 10 },
  /** Reports that are put in their order for moderators; those beyond wait until some of these are dealt with. */
  reportsListed: 50_000,
  /** JSON bodies of the API; a declaration of seven parts takes 900 bytes. */
  jsonBytes: 16 * kilobyte,
  /** A result lives this long, unless its owner extends it. */
  days: 90,
  /** An upload that was never published is removed after this time. */
  leftoverSeconds: day,
  /**
   * What the cron looks at in one run; the next run goes on where it stopped. A worker may make 10,000 calls of R2 in a run:
   * an entry that is due takes at most four, an id that is looked at for orphans at most two.
   */
  cleanUp: { entriesPerRun: 1500, idsPerRun: 1500, runsPerDay: 24 },
  gallery: {
    pageSize: 24,
    /** A page may be this old at the edge. */
    cacheSeconds: minute,
  },
  /** Anonymous session tokens. */
  session: { lifetimeSeconds: 15 * minute, clockSkewSeconds: 30 },
  /** Widget keys. */
  keys: {
    maxOrigins: 20,
    nameLength: 80,
    /** A key that is revoked works this much longer where it was just used. */
    cacheSeconds: minute,
  },
  /**
   * What may be published and uploaded with one key in a UTC day. A result takes some ten writes: it is begun, has five to
   * seven parts, and is committed.
   */
  dailyQuota: { writes: 50_000, results: 500, bytes: 8 * gigabyte },
  /** The same for all pages without a key together, so that strangers cannot fill the bucket. */
  dailyAnonymousQuota: { writes: 200_000, results: 2000, bytes: 32 * gigabyte },
  /** How much of either goes to one network, so that none uses up the day of all. */
  dailyShare: { writes: 1000, results: 50, bytes: 0.5 * gigabyte },
  /** Lines that an isolate writes into the log in a minute. */
  logLinesPerMinute: 300,
  /** Requests a minute; wrangler.toml gives the bindings these numbers (a test compares). */
  rates: {
    RATE_SESSION: { limit: 60, period: 60 },
    RATE_KEY: { limit: 600, period: 60 },
    RATE_ADDRESS: { limit: 120, period: 60 },
    /** What is dear or tempting: new sessions, reports, commits, listings of the gallery. */
    RATE_STRICT: { limit: 20, period: 60 },
    /** A first visit reads some twenty model files, and many people may sit behind one address. */
    RATE_READ: { limit: 1200, period: 60 },
  },
} as const
