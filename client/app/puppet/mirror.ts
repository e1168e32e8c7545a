import type { ExpressionName, ExpressionWeights } from '../../head/expressions/names.ts'
import type { HeadAngles } from './head-angles.ts'

/** What a mirror shows: left and right change places. The puppet faces its player as a mirror image does. */
export function mirrored({ weights, angles }: { weights: ExpressionWeights; angles: HeadAngles }) {
  const { yaw, pitch, roll } = angles
  const swapped = Object.entries(weights).map(([name, weight]) => [otherSide(name as ExpressionName), weight])
  return {
    weights: Object.fromEntries(swapped) as ExpressionWeights,
    angles: { yaw: -yaw, pitch, roll: -roll },
  }
}

/** @example otherSide('jawLeft') // -> 'jawRight' */
const otherSide = (name: ExpressionName) =>
  name.replace(/(Left|Right)$/, (side) => (side === 'Left' ? 'Right' : 'Left'))
