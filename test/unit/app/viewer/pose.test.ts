import { expect, test } from 'vitest'
import { headTurn } from '../../../../client/app/viewer/head-turn.ts'
import { isSamePose, type Pose } from '../../../../client/app/viewer/pose.ts'

const smile: Pose = { weights: { mouthSmileLeft: 0.5, mouthSmileRight: 0.5 } }
const turned = (yaw: number): Pose => ({ ...smile, turn: headTurn({ yaw, pitch: 0, roll: 0 }) })

test('poses are the same by their values: what is left out is 0', () => {
  const same: [Pose | null, Pose | null][] = [
    [null, null],
    [smile, structuredClone(smile)],
    [{ weights: { jawOpen: 0 } }, { weights: {} }],
    [turned(0.2), structuredClone(turned(0.2))],
  ]
  for (const [a, b] of same) expect([isSamePose(a, b), isSamePose(b, a)]).toEqual([true, true])
  const other: [Pose | null, Pose | null][] = [
    [smile, null],
    [smile, { weights: { ...smile.weights, jawOpen: 0.1 } }],
    [smile, { weights: { mouthSmileLeft: 0.5 } }],
    [smile, turned(0)],
    [turned(0.2), turned(0.3)],
  ]
  for (const [a, b] of other) expect([isSamePose(a, b), isSamePose(b, a)]).toEqual([false, false])
})
