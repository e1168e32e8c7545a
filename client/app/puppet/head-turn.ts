import type { HeadTurn } from '../../head/expressions/expressed.ts'

/** Degrees, signs as in `Pose`. */
export interface HeadAngles {
  yaw: number
  pitch: number
  roll: number
}

/** Degrees to each side that the skin of a neck bears. */
const farthest: HeadAngles = { yaw: 40, pitch: 25, roll: 20 }
/** Of a turn, what the neck does; the head does the rest. */
const byNeck = 0.4

/** How a head is turned that looks there: neck and head share the turn, no farther than the neck's skin bears. */
export function headTurn({ yaw, pitch, roll }: HeadAngles): HeadTurn {
  const limited = (value: number, most: number) => Math.max(-most, Math.min(most, value))
  const angles = [limited(yaw, farthest.yaw), limited(pitch, farthest.pitch), limited(roll, farthest.roll)]
  const part = (share: number) => {
    const [yaw, pitch, roll] = angles.map((angle) => share * angle)
    return rotationOf({ yaw, pitch, roll })
  }
  return { neck: part(byNeck), head: part(1 - byNeck) }
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
