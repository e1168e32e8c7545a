import { WebIO } from '@gltf-transform/core'
import { KHRMaterialsUnlit } from '@gltf-transform/extensions'
import { expect, test } from 'vitest'
import { readFace } from '../../../../client/app/share-page/read-face.ts'
import { readMovement } from '../../../../client/app/share-page/read-movement.ts'
import type { Movement } from '../../../../client/head/expressions/movement.ts'
import { headGlb } from '../../../../client/result/head-glb.ts'
import { atlasPng, encodePng } from '../../../../client/result/png.ts'
import { simpleHeadMovement } from '../../../support/head-movement.ts'
import { dome } from '../../../unit/result/synthetic.ts'

const mesh = dome(8)
const png = await atlasPng(new Float32Array(6 * 16 * 16), 16)
const strands = { mesh: dome(4), png: await encodePng(new Uint8Array(4 * 16 * 16), 16, 16, 'rgba') }
const read = async (glb: Uint8Array) =>
  readMovement((await new WebIO().registerExtensions([KHRMaterialsUnlit]).readBinary(glb)).getRoot())

/** Numbers as a GLB keeps them: metres in single precision, weights of bones in 255ths. */
const near = (values: ArrayLike<number>, digits: number) => [
  ...Array.from(values, (value) => expect.closeTo(value, digits)),
]
function expectSame(actual: Movement, expected: Movement) {
  expect(Object.keys(actual.morphs)).toEqual(Object.keys(expected.morphs))
  for (const [name, { vertices, offsets }] of Object.entries(expected.morphs)) {
    const morph = actual.morphs[name as keyof typeof actual.morphs]
    expect(morph.vertices).toEqual(vertices)
    expect([...morph.offsets]).toEqual(near(offsets, 5))
  }
  expect([...actual.bones]).toEqual(near(expected.bones, 2))
}

test('reads what was written', async () => {
  const movement = simpleHeadMovement(mesh, strands.mesh)
  const found = (await read(await headGlb({ mesh, png, hair: strands, movement })))!
  expectSame(found.head, movement.head)
  expectSame(found.hair!, movement.hair!)
  expectSame(found.mouth, movement.mouth)
  expect(found.mouth.texture).toEqual(movement.mouth.texture)
  expect(found.mouth.mesh.triangles).toEqual(movement.mouth.mesh.triangles)
  expect([...found.mouth.mesh.positions]).toEqual(near(movement.mouth.mesh.positions, 5))
  expect([found.pivots.neck, found.pivots.head]).toEqual([near([0, -12, -3], 5), near([0, -5, -1], 5)])
})

test('a bald head has no hair that moves, and a head that does not move has nothing', async () => {
  const movement = simpleHeadMovement(mesh, null)
  expect((await read(await headGlb({ mesh, png, movement })))!.hair).toBeNull()
  expect(await read(await headGlb({ mesh, png, hair: strands }))).toBeNull()
})

test('the face that is shown of a file moves, and its mouth is no hair', async () => {
  const shown = async (glb: Uint8Array<ArrayBuffer>) => readFace(glb.buffer)
  const still = await shown(await headGlb({ mesh, png, hair: strands }))
  expect([still.movement, still.hair?.mesh.positions.length]).toEqual([null, strands.mesh.positions.length])
  const bald = await shown(await headGlb({ mesh, png, movement: simpleHeadMovement(mesh, null) }))
  expect([bald.hair, bald.movement?.hair]).toEqual([null, null])
  expect(bald.movement!.mouth.mesh.uv).toHaveLength(18)
  const moving = simpleHeadMovement(mesh, strands.mesh)
  const whole = await shown(await headGlb({ mesh, png, hair: strands, movement: moving }))
  expect(whole.movement!.hair!.bones).toHaveLength(50)
})
