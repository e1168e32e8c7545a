import { expect, test } from 'vitest'
import { expressed } from '../../../../client/head/expressions/expressed.ts'
import { personShapes } from '../../../../client/head/expressions/person-shapes.ts'
import { photoExpression } from '../../../../client/head/expressions/photo-expression.ts'
import { headKit } from '../../../../client/head/kit.ts'
import { placement } from '../../../../client/head/placement.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { meanMover } from '../../../support/mean-mover.ts'

test.each([
  ['at rest', {}],
  ['laughing', { jawOpen: 0.4, mouthSmileLeft: 0.8, mouthSmileRight: 0.8 }],
  ['smiling to one side', { mouthSmileLeft: 0.7 }],
])('tells of a photo how a face is %s', async (_, makes) => {
  const kit = await headKit(diskStore())
  const { mesh, movement } = meanMover(kit)
  const landmarks = expressed(mesh.positions, movement.head, makes).slice(0, kit.model.landmarks.length)
  const place = placement(kit.model.landmarks, landmarks, kit.canonical)
  const shapes = personShapes(kit.expressions, kit.mean.positions, landmarks, place)
  const told = photoExpression(landmarks, place(kit.model.landmarks), shapes)
  const wanted = { jawOpen: 0, mouthSmileLeft: 0, mouthSmileRight: 0, ...makes }
  // Some of each is left to the person's own mouth.
  for (const [name, weight] of Object.entries(wanted)) {
    const seen = told[name as keyof typeof told]
    expect(seen, name).toBeLessThan(weight + 0.1)
    expect(seen, name).toBeGreaterThan(0.5 * weight - 1e-6)
  }
})
