import type { ExpressionWeights } from '../../head/expressions/names.ts'
import { headTurn } from './head-turn.ts'
import type { Orbit } from './orbit.ts'
import type { Pose } from './pose.ts'

/** Where a head looks: radians from straight ahead, azimuth > 0 towards its own left, elevation > 0 up. */
export interface Gaze {
  azimuth: number
  elevation: number
}

/** A blink comes once in so many seconds, somewhere in their first half: two are 2 to 6 s apart. */
const blinks = { every: 4, within: 2 }
/** Seconds that lids take to close, stay closed and take to open. */
const lids = { close: 0.05, closed: 0.03, open: 0.09 }
/** Some blinks come twice: this share of them, and the second so many seconds after the first. */
const twice = { share: 0.15, after: 0.3 }

/** The eyes jump once in so many seconds, somewhere in their first half, at most this far: radians. */
const jumps = { every: 1.7, within: 0.85, takes: 0.05, azimuth: 0.07, elevation: 0.03 }
/** How far the eyes turn at the full strength of their expressions: radians. */
const eyesTurn = 0.55

/** Nobody looks further aside than this: radians. */
const limits = { azimuth: 0.6, elevation: 0.3 }
/** From so far around on, and further, one is not looked at any more: radians. */
const lost = { from: 1.2, to: 2 }
/** How much of the way to what is looked at the head turns, and the eyes. */
const shares = { head: 0.3, eyes: 0.4 }

const degree = Math.PI / 180

/** Where a head looks that looks at the viewer a little; from behind it looks ahead. */
export function gazeAt({ azimuth, elevation }: Pick<Orbit, 'azimuth' | 'elevation'>): Gaze {
  const around = Math.atan2(Math.sin(azimuth), Math.cos(azimuth))
  const sees = 1 - smooth((Math.abs(around) - lost.from) / (lost.to - lost.from))
  return {
    azimuth: sees * clamp(around, limits.azimuth),
    elevation: sees * clamp(elevation, limits.elevation),
  }
}

/**
 * What a living head does when nothing happens: it blinks, breathes, its eyes jump from point to point, and its face is never
 * quite still.
 *
 * @param seconds since it began; the same for the same seconds, whatever was asked before
 * @param seed tells heads apart that are alive at once
 * @param gaze what it looks at, some of the way: see {@link gazeAt}
 */
export function idlePose(seconds: number, seed: number, gaze: Gaze): Pose {
  return {
    weights: { ...blink(seconds, seed), ...look(seconds, seed, gaze), ...stir(seconds, seed) },
    turn: headTurn(sway(seconds, seed, gaze)),
  }
}

function blink(seconds: number, seed: number): ExpressionWeights {
  const turn = Math.floor(seconds / blinks.every)
  const since = seconds - turn * blinks.every - blinks.within * random(seed, turn, 'blink')
  const isDouble = random(seed, turn, 'twice') < twice.share
  const closed = Math.max(lidsClosed(since), isDouble ? lidsClosed(since - twice.after) : 0)
  return { eyeBlinkLeft: closed, eyeBlinkRight: closed }
}

/** @param seconds into a blink @returns 0..1 */
function lidsClosed(seconds: number): number {
  return smooth(seconds / lids.close) - smooth((seconds - lids.close - lids.closed) / lids.open)
}

function look(seconds: number, seed: number, gaze: Gaze): ExpressionWeights {
  const turn = Math.floor(seconds / jumps.every)
  const since = seconds - turn * jumps.every - jumps.within * random(seed, turn, 'jump')
  const done = smooth(since / jumps.takes)
  const offset = (of: 'azimuth' | 'elevation') => {
    const point = (turn: number) => jumps[of] * (2 * random(seed, turn, of) - 1)
    return point(turn - 1) + (point(turn) - point(turn - 1)) * done
  }
  const left = (shares.eyes * gaze.azimuth + offset('azimuth')) / eyesTurn
  const up = (shares.eyes * gaze.elevation + offset('elevation')) / eyesTurn
  const [toLeft, toRight, upwards, downwards] = [left, -left, up, -up].map((part) => Math.max(0, part))
  return {
    ...{ eyeLookOutLeft: toLeft, eyeLookInRight: toLeft, eyeLookInLeft: toRight, eyeLookOutRight: toRight },
    ...{ eyeLookUpLeft: upwards, eyeLookUpRight: upwards },
    ...{ eyeLookDownLeft: downwards, eyeLookDownRight: downwards },
  }
}

/** What passes over a face that rests. */
function stir(seconds: number, seed: number): ExpressionWeights {
  const smile = 0.07 * Math.max(0, wave(seconds, 13, seed, 'smile'))
  return {
    mouthSmileLeft: smile,
    mouthSmileRight: smile,
    browInnerUp: 0.08 * Math.max(0, wave(seconds, 9, seed, 'brows')),
  }
}

/** Breathing lifts the head by a millimetre, and nobody holds it quite still. */
function sway(seconds: number, seed: number, gaze: Gaze) {
  const breath = wave(seconds, 4.4, seed, 'breath')
  return {
    yaw: shares.head * gaze.azimuth + 0.9 * degree * wave(seconds, 8.3, seed, 'yaw'),
    pitch: shares.head * gaze.elevation + degree * (0.4 * breath + 0.4 * wave(seconds, 6.7, seed, 'pitch')),
    roll: 0.5 * degree * wave(seconds, 11.9, seed, 'roll'),
  }
}

/** -1..1, with a slower one in it, so that it does not seem to repeat. @param period seconds */
function wave(seconds: number, period: number, seed: number, what: string): number {
  const angle = 2 * Math.PI * (seconds / period + random(seed, 0, what))
  return 0.7 * Math.sin(angle) + 0.3 * Math.sin(angle / 2.7)
}

/** 0..1, the same for the same: a hash. */
function random(seed: number, turn: number, what: string): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(turn + 1, 0xc2b2ae35)
  for (let i = 0; i < what.length; i++) hash = Math.imul(hash ^ what.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

const smooth = (x: number) => {
  const t = Math.min(1, Math.max(0, x))
  return t * t * (3 - 2 * t)
}

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value))
