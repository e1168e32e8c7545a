import { border } from './border.ts'
import { fringe } from './fringe.ts'
import { glasses, sunglasses } from './glasses.ts'
import { hand } from './hand.ts'
import { microphone } from './microphone.ts'
import type { Occluder } from './types.ts'

export { applyOcclusion } from './apply.ts'
export type { Occluder, Occlusion } from './types.ts'

export const occluders: Occluder[] = [glasses, sunglasses, fringe, hand, microphone, border]
