import type { Pose } from './pose.ts'

/** Where the viewer's eye is: on a sphere around the face. Angles in radians, azimuth > 0 to the viewer's right. */
export interface Orbit {
  azimuth: number
  elevation: number
  /** 1 fits the face into the view; larger is nearer. */
  zoom: number
}

/** What a drawing shows besides the texture. */
export interface View extends Orbit {
  /** Degrees to the viewer's right from which the studio's main light comes; null: the photo's own light alone. */
  light?: number | null
  /** 0: the head; 1: its skin laid out flat, as the texture has it. */
  unfold?: number
  /** How strongly that glows which is being made, 0..1; 0 where it is left out. */
  glow?: number
  /** Of a head that moves; null, or left out: at rest. */
  pose?: Pose | null
}

/** The face alone is a mask, open at the back: further round there is nothing to see. A whole head has no such limit. */
const limits = { azimuth: 1.75, elevation: 0.9, zoom: [0.6, 6] as const }

export const front: Orbit = { azimuth: 0, elevation: 0, zoom: 1 }

/** Half turned: shows most of a head at once. */
export const half: Orbit = { azimuth: 0.62, elevation: 0.12, zoom: 1 }

/** The four views of a face, in reading order: left and right are the viewer's. */
export const faceViews = [
  { name: 'front', orbit: front },
  { name: 'left', orbit: { ...front, azimuth: -1.2 } },
  { name: 'right', orbit: { ...front, azimuth: 1.2 } },
  { name: 'half', orbit: half },
] as const

/** Those of a whole head. */
export const headViews = [
  { name: 'front', orbit: front },
  { name: 'half', orbit: half },
  { name: 'side', orbit: { ...front, azimuth: -Math.PI / 2 } },
  { name: 'back', orbit: { ...front, azimuth: Math.PI } },
] as const

export type ViewName = (typeof faceViews | typeof headViews)[number]['name']

/** Which of the views looks from there, however near and however often around; null: none. */
export function viewAt(orbit: Orbit | null): ViewName | null {
  if (!orbit) return null
  const same = [...headViews, ...faceViews].find((view) =>
    isNear({ ...nearestTurn(view.orbit, orbit), zoom: orbit.zoom }, orbit),
  )
  return same?.name ?? null
}

/** The same place, so many times around that the way there from `from` is the shortest. */
export function nearestTurn(to: Orbit, from: Orbit): Orbit {
  const turn = 2 * Math.PI
  return { ...to, azimuth: to.azimuth + turn * Math.round((from.azimuth - to.azimuth) / turn) }
}

/** @param whole is it a whole head? */
export function limited({ azimuth, elevation, zoom }: Orbit, whole: boolean): Orbit {
  return {
    azimuth: whole ? azimuth : clamp(azimuth, -limits.azimuth, limits.azimuth),
    elevation: clamp(elevation, -limits.elevation, limits.elevation),
    zoom: clamp(zoom, limits.zoom[0], limits.zoom[1]),
  }
}

/** Moves a share of the way to the target that does not depend on the frame rate. `seconds` since the last frame. */
export function approach(from: Orbit, to: Orbit, seconds: number): Orbit {
  const share = 1 - Math.exp(-12 * seconds)
  return {
    azimuth: from.azimuth + (to.azimuth - from.azimuth) * share,
    elevation: from.elevation + (to.elevation - from.elevation) * share,
    zoom: from.zoom + (to.zoom - from.zoom) * share,
  }
}

export function isNear(a: Orbit, b: Orbit): boolean {
  return (
    Math.abs(a.azimuth - b.azimuth) + Math.abs(a.elevation - b.elevation) + Math.abs(a.zoom - b.zoom) < 1e-3
  )
}

/** Seconds that the skin takes to be laid out and to go back around the head. */
export const unwrapSeconds = 3.4

/** How far the skin is laid out at a time of that motion: there, a moment of rest, and back. */
export function unwrapping(seconds: number): number {
  const there = smooth(seconds / 1.2)
  const back = smooth((seconds - 2) / 1.4)
  return there - back
}

/** The slow turn until somebody touches it: a head all around, a face to and fro, never to the open back. */
export function slowTurn(seconds: number, whole: boolean): Orbit {
  const azimuth = whole ? seconds * 0.36 : 0.6 * Math.sin(seconds * 0.55)
  return { azimuth, elevation: 0.05 * Math.sin(seconds * 0.31), zoom: 1 }
}

const smooth = (x: number) => {
  const t = clamp(x, 0, 1)
  return t * t * (3 - 2 * t)
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
