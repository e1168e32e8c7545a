import type { HeadTurn } from '../../head/expressions/expressed.ts'

/** Radians: yaw > 0 towards the head's own left, pitch > 0 up, roll > 0 towards its own right shoulder. */
export interface Angles {
  yaw: number
  pitch: number
  roll: number
}

/** Of a turn of the head, this share is the neck's. */
export const ofNeck = 0.4

/** A head that is turned, of which the neck takes its share. */
export function headTurn({ yaw, pitch, roll }: Angles): HeadTurn {
  const share = (part: number) => rotation({ yaw: part * yaw, pitch: part * pitch, roll: part * roll })
  return { neck: share(ofNeck), head: share(1 - ofNeck) }
}

/** @returns 3 x 3, row-major, head frame: roll first, yaw last */
export function rotation({ yaw, pitch, roll }: Angles): number[] {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)]
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)]
  return [
    ...[cy * cr - sy * sp * sr, -cy * sr - sy * sp * cr, sy * cp],
    ...[cp * sr, cp * cr, sp],
    ...[-sy * cr - cy * sp * sr, sy * sr - cy * sp * cr, cy * cp],
  ]
}
