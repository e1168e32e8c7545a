import type { HeadTurn } from '../../head/expressions/expressed.ts'
import { ofNeck } from '../viewer/head-turn.ts'

/** Degrees, signs as in `Pose`. */
export interface HeadAngles {
  yaw: number
  pitch: number
  roll: number
}

/** Degrees to each side that the skin of a neck bears. */
const farthest: HeadAngles = { yaw: 40, pitch: 25, roll: 20 }

/** How neck and head are turned where the head looks there, no farther than the neck's skin bears. */
export function turnOf({ yaw, pitch, roll }: HeadAngles): HeadTurn {
  const limited = (value: number, most: number) => Math.max(-most, Math.min(most, value))
  const part = (share: number) =>
    rotationOf({
      yaw: share * limited(yaw, farthest.yaw),
      pitch: share * limited(pitch, farthest.pitch),
      roll: share * limited(roll, farthest.roll),
    })
  return { neck: part(ofNeck), head: part(1 - ofNeck) }
}

/** 3 x 3, row-major: `Rz(-roll) Ry(yaw) Rx(-pitch)`, of which `anglesOf` gives the angles back. */
export function rotationOf({ yaw, pitch, roll }: HeadAngles): Float64Array {
  const [sy, sx, sz] = [yaw, -pitch, -roll].map((angle) => Math.sin((angle * Math.PI) / 180))
  const [cy, cx, cz] = [yaw, -pitch, -roll].map((angle) => Math.cos((angle * Math.PI) / 180))
  return Float64Array.of(
    ...[cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
    ...[sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
    ...[-sy, cy * sx, cy * cx],
  )
}
