import { describe, expect, it } from 'vitest'
import { unseenSkin } from '../../../../client/capture/complete/unseen-skin.ts'

const size = 256
const texels = size * size
const column = (i: number) => i % size
const row = (i: number) => Math.floor(i / size)

/** Grey skin, the right third of it unseen, lit from the left; its rows from 128 on end with a strip of dark hair. */
function halfHidden() {
  const normals = new Float32Array(3 * texels)
  const shading = new Float32Array(3 * texels)
  const log = new Float32Array(3 * texels)
  const unseen = new Uint8Array(texels)
  for (let i = 0; i < texels; i++) {
    // The last 40 columns are the rim: there the surface faces aside.
    normals[3 * i + 2] = column(i) < size - 40 ? 1 : 0
    unseen[i] = column(i) >= 170 ? 1 : 0
    const hair = row(i) >= 128 && column(i) >= 150
    for (let c = 0; c < 3; c++) {
      shading[3 * i + c] = 4 - 0.001 * column(i)
      log[3 * i + c] = hair ? 2 : shading[3 * i + c]
    }
  }
  const judged = unseen.map((value) => 1 - value)
  const skin = Float32Array.from(judged, (value, i) => (value && log[3 * i] > 3 ? 1 : 0))
  const fitted = Uint8Array.from(skin)
  return { normals, shading, log, known: { unseen, judged, skin, fitted } }
}

describe('skin that neither side shows', () => {
  const { normals, shading, log, known } = halfHidden()
  const { course, level, pull } = unseenSkin({ size, normals }, log, shading, known)
  const at = (x: number, y: number) => y * size + x

  it('goes on in the light that the rest is in', () => {
    const slope = (course[3 * at(210, 60)] - course[3 * at(180, 60)]) / 30
    expect(slope).toBeCloseTo(-0.001, 5)
    expect(level[3 * at(200, 30)]).toBeCloseTo(shading[3 * at(200, 30)], 2)
  })

  it('is hardly lighter or darker than the seen skin', () => {
    const steep = shading.map((value) => 4 + 10 * (value - 4))
    const lit = unseenSkin({ size, normals }, steep, steep, known)
    const seen = lit.course.filter((_, k) => known.fitted[Math.floor(k / 3)])
    const darkest = seen.reduce((least, value) => Math.min(least, value))
    const all = lit.course.filter((_, k) => column(Math.floor(k / 3)) < size - 40)
    const beyond = all.reduce((least, value) => Math.min(least, value))
    expect(beyond).toBeLessThan(darkest - 0.02)
    expect(beyond).toBeGreaterThan(darkest - 0.11)
  })

  it('takes half of that light at the rim', () => {
    const slope = (course[3 * at(250, 60)] - course[3 * at(225, 60)]) / 25
    expect(slope).toBeCloseTo(-0.0005, 5)
  })

  it('keeps the colour of hair at its border out', () => {
    expect(level[3 * at(200, 200)]).toBeGreaterThan(3.5)
  })

  it('follows a border of skin, and pulls away from one of hair', () => {
    expect(pull[at(172, 60)]).toBeCloseTo(0.001, 4)
    expect(pull[at(172, 200)]).toBeCloseTo(0.01, 4)
  })

  it('is even where the shading is a constant, which was fitted to nothing', () => {
    const flat = new Float32Array(3 * texels).fill(4.5)
    const nothing = { unseen: new Uint8Array(texels).fill(1), fitted: new Uint8Array(texels) }
    const alone = unseenSkin({ size, normals }, log, flat, { ...known, ...nothing })
    expect(alone.course.every((value) => value === 0)).toBe(true)
  })

  it('is the fitted shading where no skin is known', () => {
    const alone = unseenSkin({ size, normals }, log, shading, {
      unseen: new Uint8Array(texels).fill(1),
      judged: new Uint8Array(texels),
      fitted: new Uint8Array(texels),
      skin: new Float32Array(texels),
    })
    expect(alone.level).toEqual(shading)
    expect(alone.pull.every((value) => Math.abs(value - 0.01) < 1e-6)).toBe(true)
  })
})
