import { beforeAll, expect, test } from 'vitest'
import { visemes } from '../../../client/head/expressions/names.ts'
import { headKit } from '../../../client/head/kit.ts'
import { type CompleteHead, express } from '../../../client/library/head.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { meanMover } from '../../support/mean-mover.ts'

let head: CompleteHead

beforeAll(async () => {
  head = meanMover(await headKit(diskStore())) as unknown as CompleteHead
})

const chin = 3 * 152 + 1
const quarter = [0, 0, 1, 0, 1, 0, -1, 0, 0]
const still = [1, 0, 0, 0, 1, 0, 0, 0, 1]

test('opens a jaw, teeth and all, and leaves the head as it is', () => {
  const before = head.mesh.positions.slice()
  const opened = express(head, { jawOpen: 1 })
  expect(opened.head.positions[chin]).toBeLessThan(before[chin] - 1)
  expect(head.mesh.positions).toEqual(before)
  expect(opened.head.uv).toBe(head.mesh.uv)
  const { mesh } = head.movement.mouth
  const least = (positions: Float32Array) => Math.min(...positions.filter((_, i) => i % 3 === 1))
  expect(least(opened.mouth.positions)).toBeLessThan(least(mesh.positions) - 0.5)
  expect(opened.hair).toBeNull()
})

test('makes a viseme, and turns the head on its bones', () => {
  const { head: o } = express(head, visemes.viseme_O)
  expect(o.positions[chin]).toBeLessThan(head.mesh.positions[chin] - 0.3)
  const { head: turned } = express(head, {}, { neck: still, head: quarter })
  // The tip of the nose looks to the viewer's right now.
  expect(turned.positions[3 * 4]).toBeGreaterThan(8)
})

test.each([
  [{ grin: 1 }, 'There is no expression "grin"; there are browDownLeft, '],
  [{ jawOpen: 1.2 }, 'The weight of jawOpen is 1.2; weights are numbers from 0 to 1.'],
  [{ jawOpen: Number.NaN }, 'The weight of jawOpen is NaN; weights are numbers from 0 to 1.'],
])('refuses %j', (weights, sentence) => {
  expect(() => express(head, weights as object)).toThrow(sentence)
})
