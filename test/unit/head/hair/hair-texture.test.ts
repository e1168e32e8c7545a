import { expect, test } from 'vitest'
import {
  brightnessSteps,
  brightnessToLog,
  opacitySteps,
  readHairTexture,
} from '../../../../client/head/hair/hair-texture.ts'

test('reads brightness and opacity as differences from the row above', () => {
  const bytes = Uint8Array.from([brightnessSteps, 0, 256 - brightnessSteps, 10, opacitySteps, 5, 0, 256 - 5])
  const { size, data } = readHairTexture(bytes)
  expect(size).toBe(2)
  const [white, black, darker, grey] = [0, 1, 2, 3].map((i) => [...data.subarray(4 * i, 4 * i + 4)])
  expect(white).toEqual([255, 255, 255, 255])
  expect(black).toEqual([0, 0, 0, 85])
  expect(darker).toEqual([0, 0, 0, 255])
  expect(grey[3]).toBe(0)
  expect(Math.round(brightnessSteps * brightnessToLog(grey[0]))).toBe(10)
})

test.each([0, 6, 7])('refuses %i bytes', (bytes) => {
  expect(() => readHairTexture(new Uint8Array(bytes))).toThrow(`has ${bytes} bytes: load it again`)
})
