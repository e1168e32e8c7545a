const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** What a request may ask for and send, as the contract's schemas tell. Sizes are bytes. */
export const requestLimits = {
  /** What one part of a result may weigh and measure. */
  parts: {
    'texture.png': { maxBytes: 16 * megabyte, minPixels: 256, maxPixels: 2048 },
    'face.glb': { maxBytes: 24 * megabyte, maxVertices: 200_000 },
    /** The whole head. `minPixels`, `maxPixels`: how high the picture of its skin is; it is twice as wide. */
    'head.glb': {
      maxBytes: 8 * megabyte,
      maxVertices: 100_000,
      minPixels: 256,
      maxPixels: 1024,
      hair: { minPixels: 64, maxPixels: 1024 },
      /** What lies behind the lips: a few colours. */
      teeth: { minPixels: 1, maxPixels: 256 },
      /** Metres along each axis that an expression may take a vertex, and offsets of all morph targets together. */
      movement: { maxOffset: 0.1, maxOffsets: 500_000 },
      animation: { maxSeconds: 15, maxFrames: 15 * 60 + 1 },
    },
    /** Best 1200 x 630: the whole of it is what links show, its middle square what the gallery and the page show. */
    'preview.jpg': { maxBytes: 512 * kilobyte, minPixels: 200, maxPixels: 1200 },
    'record.json': { maxBytes: 1 * megabyte },
    /** What the photo showed, for the validation alone: exactly this many pixels square. */
    'sampled.png': { maxBytes: 512 * kilobyte, pixels: 256 },
    /** The visitor's photo, where they ticked it. */
    'photo.jpg': { maxBytes: 3 * megabyte, minPixels: 64, maxPixels: 2048 },
  },
  /** Longest title of a result, characters. */
  titleLength: 80,
  /** Longest text of a report, characters. */
  reportLength: 1000,
  /** An owner may let a result live until this many days from now. */
  maxDays: 365,
  /** Entries of the gallery on one page. */
  maxPageSize: 48,
} as const
