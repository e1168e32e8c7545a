import { describe, expect, it } from 'vitest'
import { evenSkin, fitShading } from '../../../../client/capture/complete/shading.ts'

const size = 64
const texels = size * size

/** A face lit from the left, seen whole; `colour` is its log colour in the middle. */
function face(colour: readonly number[], seen: (i: number) => boolean = () => true) {
  const unwrap = {
    size,
    coverage: new Uint8Array(texels).fill(1),
    weight: Float32Array.from({ length: texels }, (_, i) => (seen(i) ? 1 : 0)),
    normals: new Float32Array(3 * texels),
    features: new Uint8Array(texels),
    sampled: new Float32Array(3 * texels),
    symmetric: true,
  }
  const log = new Float32Array(3 * texels)
  for (let i = 0; i < texels; i++) {
    const across = ((i % size) + 0.5) / size - 0.5
    unwrap.normals.set([across, 0, Math.sqrt(1 - across * across)], 3 * i)
    for (let c = 0; c < 3; c++) log[3 * i + c] = colour[c] - 0.8 * across
  }
  return { unwrap, log, features: new Uint8Array(texels) }
}

const share = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0) / texels

describe('even skin', () => {
  // Log RGB: daylight, tungsten light, dark skin, saturated film, no colour at all.
  for (const colour of [
    [5.1, 4.8, 4.6],
    [5.4, 4.6, 3.6],
    [4.2, 3.7, 3.3],
    [5.3, 4.6, 4.1],
    [4.5, 4.5, 4.5],
  ])
    it(`is all of a plain face of log colour ${colour}`, () => {
      const { unwrap, log, features } = face(colour)
      expect(share(evenSkin(unwrap, log, features))).toBe(1)
    })

  it('leaves out what has another colour than the cheeks', () => {
    const { unwrap, log, features } = face([5.1, 4.8, 4.6])
    for (let i = 0; i < 10 * size; i++) log.set([3.4, 3.4, 3.4], 3 * i)
    const skin = evenSkin(unwrap, log, features)
    expect(skin.slice(0, 10 * size).includes(1)).toBe(false)
    expect(share(skin)).toBeCloseTo(54 / 64, 5)
  })

  it('is judged by all that is seen where the cheeks are not, and by nothing where next to nothing is', () => {
    const forehead = (i: number) => i < 12 * size
    const above = face([5.1, 4.8, 4.6], forehead)
    expect(share(evenSkin(above.unwrap, above.log, above.features))).toBeCloseTo(12 / 64, 5)
    const glimpse = face([5.1, 4.8, 4.6], (i) => i < 10)
    expect(share(evenSkin(glimpse.unwrap, glimpse.log, glimpse.features))).toBe(0)
  })
})

describe('shading', () => {
  it('is the light that the face is in', () => {
    const { unwrap, log } = face([5.1, 4.8, 4.6])
    const shading = fitShading(unwrap, log, new Uint8Array(texels).fill(1))
    for (const i of [0, 17, 40, 63]) expect(shading[3 * i + 1]).toBeCloseTo(log[3 * i + 1], 1)
  })

  it('is the mean of what is seen where there is too little skin, and grey where next to nothing is seen', () => {
    const { unwrap, log } = face([5.1, 4.8, 4.6])
    const even = fitShading(unwrap, log, new Uint8Array(texels))
    expect(even[0]).toBeCloseTo(5.1, 2)
    expect(even[3 * 63]).toBe(even[0])
    const unseen = face([5.1, 4.8, 4.6], (i) => i < 3)
    const grey = fitShading(unseen.unwrap, unseen.log, new Uint8Array(texels))
    expect(new Set(grey)).toEqual(new Set([Math.fround(Math.log(128))]))
  })
})
