import { describe, expect, it } from 'vitest'
import { faceGlb } from '../../../client/result/glb.ts'
import { assertGlbBounds } from '../../../client/result/glb-bounds.ts'
import { texturePng } from '../../../client/result/png.ts'
import { breakable } from '../../support/breakable-glb.ts'
import { validHead } from '../../support/parts.ts'
import { dome, gradientTexture } from './synthetic.ts'

const good = await faceGlb({ mesh: dome(4), png: await texturePng(gradientTexture(8), 8) })
const { withScene, withText } = breakable(good)

describe('assertGlbBounds', () => {
  it('takes what the exporters write, moving heads too, up to the vertices that are asked for', async () => {
    expect(() => assertGlbBounds(good, 25)).not.toThrow()
    expect(() => assertGlbBounds(good, 24)).toThrow('place more than 24 vertices')
    const head = await validHead({ moves: 'animated' })
    expect(() => assertGlbBounds(head, 200)).not.toThrow()
  })

  it('takes a node that stands in two scenes, and one in none', () => {
    const file = withScene((s) => {
      s.scenes.push({ nodes: [0] })
      s.nodes.push({ mesh: 0 })
    })
    expect(() => assertGlbBounds(file, 25)).not.toThrow()
  })

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'no binary glTF 2.0'],
    ['a cut end', good.slice(0, -100), 'its data claim'],
    ['a long scene', good.map((byte, i) => (i === 15 ? 1 : byte)), 'its scene description claims'],
    ['no JSON', good.map((byte, i) => (i === 20 ? 1 : byte)), 'no JSON'],
    [
      'a node below two others',
      withScene((s) => Object.assign(s, { nodes: [{ children: [1, 2] }, { children: [2] }, {}] })),
      'no trees',
    ],
    ['children that are none', withScene((s) => Object.assign(s, { nodes: [{ children: 'x' }] })), 'no list'],
    [
      'brackets within brackets',
      withText(() => `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`),
      '50000 things',
    ],
    ['a view that is none', withScene((s) => s.bufferViews.push(null)), 'no list'],
    [
      'a type that is none',
      withScene((s) => Object.assign(s.accessors[0], { type: '__proto__' })),
      'accessors take more',
    ],
    [
      'a negative offset',
      withScene((s) => Object.assign(s.accessors[0], { byteOffset: -10_000 })),
      'no whole number',
    ],
  ])('refuses %s', (_, file, message) => {
    expect(() => assertGlbBounds(file, 25)).toThrow(message)
  })
})
