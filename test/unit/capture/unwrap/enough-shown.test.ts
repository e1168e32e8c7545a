import { describe, expect, it } from 'vitest'
import type { CaptureError } from '../../../../client/capture/capture-error.ts'
import { requireEnoughShown, type Sight } from '../../../../client/capture/unwrap/enough-shown.ts'
import type { Unwrap } from '../../../../client/face/types.ts'

const side = 10
const texels = side * side

/** A face of which `shown` of 100 texels are seen, at this level. */
function faceWith(shown: number, level = 0.5): Unwrap {
  return {
    size: side,
    coverage: new Uint8Array(texels).fill(1),
    sampled: new Float32Array(3 * texels).fill(level),
    weight: Float32Array.from({ length: texels }, (_, i) => (i < shown ? 1 : 0)),
    normals: new Float32Array(3 * texels),
    features: new Uint8Array(texels),
    symmetric: false,
  }
}

/** The mesh fills a view of 10 x 10 pixels, which are the photo's, moved to the right by `left`. */
function sight({ left = 0, level = 0.5, painted = 0 } = {}): Sight {
  return {
    view: {
      ...{ size: side, left, top: 0, step: 1 },
      photo: new Float32Array(3 * texels).fill(level),
      uv: new Float32Array(2 * texels),
      mask: new Float32Array(texels),
    },
    raster: {
      ...{ width: side, height: side, triangle: new Int32Array(texels) },
      weights: new Float32Array(2 * texels),
      depth: new Float32Array(texels),
    },
    photo: { width: side, height: side, data: new Uint8ClampedArray(4 * texels) },
    distrust: Uint8Array.from({ length: texels }, (_, i) => (i < painted ? 1 : 0)),
  }
}

function refusal(unwrap: Unwrap, of: Sight): CaptureError {
  try {
    requireEnoughShown(unwrap, of)
  } catch (error) {
    return error as CaptureError
  }
  throw new Error('It was not refused.')
}

describe('requireEnoughShown', () => {
  it('takes 12% of a face, and no less', () => {
    expect(() => requireEnoughShown(faceWith(12), sight())).not.toThrow()
    const error = refusal(faceWith(11), sight())
    expect(error.code).toBe('little-shown')
    expect(error.message).toMatch(/^The photo shows 11% of this face, and 12% are needed: use a photo that/)
  })

  it('counts no texel that is burnt out or black', () => {
    for (const level of [1, 0]) expect(refusal(faceWith(100, level), sight()).details.shown).toBe(0)
  })

  it.each([
    ['painted', 40, sight({ painted: 40 }), '40% of it are painted over'],
    ['painted', 21, sight({ painted: 21 }), '21% of it are painted over'],
    ['beyond', 60, sight({ left: 6 }), '60% of it lie beyond the photo’s border'],
    ['bright', 100, sight({ level: 1 }), '100% of it are burnt out to white'],
    ['dark', 100, sight({ level: 0 }), '100% of it are black'],
    ['turned', 0, sight({ painted: 20 }), 'use a photo that shows it from the front'],
  ])('says what is in the way: %s', (cause, share, seen, said) => {
    const { message, details } = refusal(faceWith(5), seen)
    expect(details).toEqual({ shown: 5, needed: 12, cause, share })
    expect(message).toContain(said)
  })

  it('names the cause that takes most', () => {
    // Of the 100 pixels 70 lie beyond the border, of the 30 others 3 are painted over.
    const seen = sight({ left: 7, painted: 10 })
    expect(refusal(faceWith(5), seen).details).toMatchObject({ cause: 'beyond', share: 70 })
  })
})
