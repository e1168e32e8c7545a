import { beforeAll, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { innerLips } from '../../../../client/face/contours.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { landmarksOn } from '../../../../models/head/correspondence.ts'
import { placeLandmarks, type Sample } from '../../../../models/head/place-landmarks.ts'

let canonical: CanonicalFace
let places: Float64Array

beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
  // Symmetric, unlike the model's own.
  places = canonical.pos.map((value, i) => {
    const partner = canonical.pos[3 * canonical.mirror[Math.floor(i / 3)] + (i % 3)]
    return i % 3 === 0 ? (value - partner) / 2 : (value + partner) / 2
  })
})

test('finds landmarks again that were seen with errors, one of them grossly', () => {
  const samples: Sample[][] = Array.from({ length: 468 }, (_, i) =>
    [-0.1, 0, 0.1].map((off) => ({
      at: [0, 1, 2].map((c) => places[3 * i + c] + (c === 1 ? off : 0)),
      weight: 1,
    })),
  )
  samples[200].push({ at: [50, 50, 50], weight: 1 })
  const { tri } = canonical
  const all = new Set(Array.from({ length: tri.length / 3 }, (_, t) => t))
  const surface = { triangles: tri, skin: all, upperLip: all, lowerLip: all }
  const { correspondence, spread } = placeLandmarks(samples, canonical, places, surface)
  const found = landmarksOn(places, correspondence)
  for (let i = 0; i < 468; i++) {
    if (innerLips.includes(i)) continue
    const off = Math.hypot(...[0, 1, 2].map((c) => found[3 * i + c] - places[3 * i + c]))
    expect(off).toBeLessThan(0.02)
  }
  expect(spread[0]).toBeCloseTo(Math.sqrt(0.02 / 3), 2)
})
