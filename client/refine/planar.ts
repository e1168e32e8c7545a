/** Converts between textures as the other stages hold them and images as the graphs do. */
import { resize } from '../image/resize.ts'

/** N x N x 3 in 0..1 -> 3 x N x N in -1..1. */
export function toPlanar(texture: Float32Array, size: number): Float32Array {
  const area = size * size
  const planar = new Float32Array(3 * area)
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) planar[c * area + i] = texture[3 * i + c] * 2 - 1
  }
  return planar
}

/** 3 x N x N in -1..1 -> N x N x 3, clamped to 0..1. */
export function fromPlanar(planar: Float32Array, size: number): Float32Array {
  const area = size * size
  const texture = new Float32Array(3 * area)
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) texture[3 * i + c] = Math.min(1, Math.max(0, (planar[c * area + i] + 1) / 2))
  }
  return texture
}

/** Left-right flip of size x size x channels, interleaved. */
export function flip(image: Float32Array, size: number, channels: number): Float32Array {
  const out = new Float32Array(image.length)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = (row * size + column) * channels
      const to = (row * size + size - 1 - column) * channels
      for (let c = 0; c < channels; c++) out[to + c] = image[from + c]
    }
  }
  return out
}

/** Resizes a square image: from x from x channels -> to x to x channels. */
export const resizeSquare = (
  image: Float32Array,
  from: number,
  to: number,
  channels: number,
): Float32Array => (from === to ? image : resize(image, from, from, channels, to, to))
