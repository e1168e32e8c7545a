import type { FaceBox } from '../../face/types.ts'

/** A rectangle of the photo, in photo pixels. */
export interface Window {
  x: number
  y: number
  width: number
  height: number
}

/** Where photo pixels come to lie on the screen: `x * scale + left`, CSS pixels. */
export interface Fit {
  scale: number
  left: number
  top: number
}

interface Size {
  width: number
  height: number
}

/** All of the photo, or faces with what is around them. @param around that much, as a share of the largest */
export function windowAround(photo: Size, faces: readonly FaceBox[], around: number): Window {
  if (faces.length === 0) return { x: 0, y: 0, width: photo.width, height: photo.height }
  const left = Math.min(...faces.map(({ x }) => x))
  const top = Math.min(...faces.map(({ y }) => y))
  const right = Math.max(...faces.map(({ x, width }) => x + width))
  const bottom = Math.max(...faces.map(({ y, height }) => y + height))
  const margin = around * Math.max(...faces.map(({ width, height }) => Math.max(width, height)))
  return within(photo, {
    x: left - margin,
    y: top - margin * 1.1,
    width: right - left + 2 * margin,
    height: bottom - top + 2 * margin,
  })
}

/** The window moved and cut so that it lies in the photo. */
function within(photo: Size, { x, y, width, height }: Window): Window {
  const w = Math.min(width, photo.width)
  const h = Math.min(height, photo.height)
  return {
    x: Math.max(0, Math.min(photo.width - w, x + (width - w) / 2)),
    y: Math.max(0, Math.min(photo.height - h, y + (height - h) / 2)),
    width: w,
    height: h,
  }
}

/** @param share 0: `a`, 1: `b` */
export function between(a: Window, b: Window, share: number): Window {
  const mix = (from: number, to: number) => from + (to - from) * share
  return {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
  }
}

/** The window as large as a board shows it whole, in its middle. */
export function fitInto(board: Size, { x, y, width, height }: Window): Fit {
  const scale = Math.min(board.width / width, board.height / height)
  return {
    scale,
    left: (board.width - width * scale) / 2 - x * scale,
    top: (board.height - height * scale) / 2 - y * scale,
  }
}
