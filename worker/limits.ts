const kilobyte = 1024
const megabyte = 1024 * kilobyte
const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Every limit of the service. Sizes are bytes, times are seconds unless the name says days. */
export const limits = {
  /** What one part of a result may weigh and measure. */
  parts: {
    'texture.png': { maxBytes: 16 * megabyte, minPixels: 256, maxPixels: 2048 },
    'face.glb': { maxBytes: 24 * megabyte, maxVertices: 200_000 },
    /** Best 1200 x 630: the whole of it is what links show, its middle square what the gallery and the page show. */
    'preview.jpg': { maxBytes: 512 * kilobyte, minPixels: 200, maxPixels: 1200 },
    'record.json': { maxBytes: 1 * megabyte },
    /** What the photo showed, for the validation alone: exactly this many pixels square. */
    'sampled.png': { maxBytes: 512 * kilobyte, pixels: 256 },
    /** The visitor's photo, where they ticked it. */
    'photo.jpg': { maxBytes: 3 * megabyte, minPixels: 64, maxPixels: 2048 },
  },
  /** What a record may say: losses are means of distances, of which the largest seen is below 30. */
  record: { maxLoss: 1000, maxSteps: 20_000 },
  /** A claimed PSNR may be this far from the recomputed one, dB. */
  psnrTolerance: 0.5,
  /** Longest title of a result, characters. */
  titleLength: 80,
  /** Longest text of a report, characters. */
  reportLength: 1000,
  /** Reports that are kept for one result; what comes after them says nothing new. */
  reportsPerResult: 20,
  /** JSON bodies of the API; a declaration of six parts takes 800 bytes. */
  jsonBytes: 16 * kilobyte,
  /** A result lives this long, unless its owner extends it. */
  days: 90,
  /** An owner may let it live until this many days from now. */
  maxDays: 365,
  /** An upload that was never published is removed after this time. */
  leftoverSeconds: day,
  /** What the daily cron looks at in one run; the next run goes on. */
  cleanUp: { listed: 1000, resultsPerRun: 5000 },
  gallery: {
    pageSize: 24,
    maxPageSize: 48,
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
  /** Results that one key may publish and bytes it may upload in a UTC day. */
  dailyQuota: { results: 500, bytes: 8 * 1024 * megabyte },
  /** The same for all pages without a key together, so that strangers cannot fill the bucket. */
  dailyAnonymousQuota: { results: 2000, bytes: 32 * 1024 * megabyte },
  /** Requests a minute; wrangler.toml gives the bindings these numbers (a test compares). */
  rates: {
    RATE_SESSION: { limit: 60, period: 60 },
    RATE_KEY: { limit: 600, period: 60 },
    RATE_ADDRESS: { limit: 120, period: 60 },
    /** What is dear or tempting: new sessions, reports, guesses at tokens. */
    RATE_STRICT: { limit: 20, period: 60 },
  },
} as const

/** What every result is made of. */
export const requiredParts = ['texture.png', 'face.glb', 'preview.jpg', 'record.json', 'sampled.png'] as const

/** The parts of a result, in the order in which they are uploaded; the photo only where its owner wished it. */
export const partNames = [...requiredParts, 'photo.jpg'] as const
export type PartName = (typeof partNames)[number]

/** Parts that anyone may read once a result is published, where it has them. */
export const publicParts = ['texture.png', 'face.glb', 'preview.jpg', 'photo.jpg'] as const
