import { describe, expect, test } from 'vitest'
import { poseCamera } from '../../../client/capture/mesh/camera.ts'
import { type HeadView, headView, viewReach, viewSize, viewStep } from '../../../client/head/view.ts'
import { placeOf } from './drawn-view.ts'

const side = 600
const radians = (degrees: number) => (degrees * Math.PI) / 180
/** To the image's right by `yaw`, then clockwise in the image by `roll`. */
function rotationOf(yaw: number, roll: number): Float64Array {
  const [c, s] = [Math.cos(radians(yaw)), Math.sin(radians(yaw))]
  const [rc, rs] = [Math.cos(radians(roll)), Math.sin(radians(roll))]
  return Float64Array.of(rc * c, rs, rc * s, -rs * c, rc, -rs * s, -s, 0, c)
}

interface Shot {
  yaw?: number
  roll?: number
  /** Photo pixels per centimetre. */
  scale?: number
  /** Photo pixels from the photo's middle. */
  shift?: [right: number, down: number]
}

/** A photo of which each place is coloured by the centimetres that it lies to the right of and above the head's origin. */
function viewOf(
  { yaw = 0, roll = 0, scale = 12, shift: [right, down] = [0, 0] }: Shot,
  colour: (x: number, y: number) => readonly number[],
): HeadView {
  const rotation = rotationOf(yaw, roll)
  const translation: [number, number] = [side / 2 + right, -side / 2 - down]
  const data = new Uint8ClampedArray(4 * side * side).fill(255)
  const person = new Float32Array(side * side)
  const [c, s] = [Math.cos(radians(roll)), Math.sin(radians(roll))]
  for (let i = 0; i < side * side; i++) {
    const [u, v] = [
      ((i % side) + 0.5 - translation[0]) / scale,
      (-translation[1] - (Math.floor(i / side) + 0.5)) / scale,
    ]
    // Turned back by the roll.
    const [x, y] = [c * u - s * v, s * u + c * v]
    data.set(colour(x, y), 4 * i)
    person[i] = x > 0 ? 1 : 0
  }
  const pose = { rotation, scale, translation, yaw, pitch: 0, roll }
  return headView({ pose, camera: poseCamera(pose) }, { photo: { width: side, height: side, data }, person })
}

/** Slopes of brightness, which any blur keeps. */
const slopes = (x: number, y: number) => [128 + 4 * x, 128 + 4 * y, 60]

function expectSlopes({ colour, shown, person }: HeadView, tolerance: number) {
  let [seen, wrong] = [0, 0]
  for (let i = 0; i < shown.length; i++) {
    const [x, y] = placeOf(i)
    if (!shown[i] || Math.abs(x) > 15 || Math.abs(y) > 15) continue
    seen++
    if (slopes(x, y).some((level, c) => Math.abs(colour[3 * i + c] - level) > tolerance)) wrong++
    else if (Math.abs(x) > 0.2 && person[i] !== (x > 0 ? 1 : 0)) wrong++
  }
  expect(seen).toBeGreaterThan(30_000)
  expect(wrong).toBe(0)
}

describe('headView', () => {
  test.each([
    ['straight', {}],
    ['rolled by 20 degrees', { roll: 20 }],
    ['rolled the other way', { roll: -35 }],
    ['of many pixels', { scale: 22 }],
    ['of few', { scale: 4 }],
    ['beside the middle', { shift: [60, -40] as [number, number] }],
    ['turned', { yaw: 25, roll: 10 }],
  ])('shows a photo %s upright and in centimetres', (_, shot) => {
    // Half a photo pixel, and rounding to whole levels.
    expectSlopes(viewOf(shot, slopes), 2 / (shot as Shot).scale! + 1.2 || 1.4)
  })

  test('shows nothing beyond the border', () => {
    // 600 px at 20 a centimetre reach 15 cm to each side.
    const { shown, colour, person } = viewOf({ scale: 20 }, () => [200, 200, 200])
    const wrong = shown.findIndex((value, i) => {
      const far = Math.max(...placeOf(i).map(Math.abs))
      return Math.abs(far - 15) > viewStep && value !== (far < 15 ? 1 : 0)
    })
    expect(wrong).toBe(-1)
    expect(person.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(colour.every((value, k) => value === (shown[Math.floor(k / 3)] ? 200 : 0))).toBe(true)
  })

  test('shows nothing in a round frame', () => {
    const { shown } = viewOf({}, (x, y) => (Math.hypot(x, y) < 20 ? slopes(x, y) : [255, 255, 255]))
    const wrong = shown.findIndex((value, i) => {
      const far = Math.hypot(...placeOf(i))
      return Math.abs(far - 20) > 0.5 && value !== (far < 20 ? 1 : 0)
    })
    expect(wrong).toBe(-1)
  })
})

describe('project', () => {
  const { project, rotation } = viewOf({ yaw: 30, roll: 20 }, slopes)

  test('keeps the head’s up, and takes the head’s right aside and away', () => {
    const [origin, up, right] = [0, 4, 8].map((at) => [
      ...project([0, 0, 0, 0, 1, 0, 1, 0, 0]).subarray(at, at + 3),
    ])
    expect(origin[0]).toBeCloseTo(viewReach.side / viewStep, 4)
    expect(origin[1]).toBeCloseTo(viewReach.up / viewStep, 4)
    expect(up[0] - origin[0]).toBeCloseTo(0, 4)
    expect(up[1] - origin[1]).toBeCloseTo(-1 / viewStep, 4)
    // Depth is in pixels as well, and smaller is nearer.
    expect(right[0] - origin[0]).toBeCloseTo(Math.cos(radians(30)) / viewStep, 4)
    expect(right[1] - origin[1]).toBeCloseTo(0, 4)
    expect(right[2] - origin[2]).toBeCloseTo(Math.sin(radians(30)) / viewStep, 4)
  })

  test('is what its rotation says: that of the pose without its roll', () => {
    rotationOf(30, 0).forEach((value, k) => {
      expect(rotation[k]).toBeCloseTo(value, 9)
    })
  })

  test('lands where the photo showed it', () => {
    const { shown, colour, project } = viewOf({ roll: 15 }, (x, y) =>
      Math.hypot(x - 3, y - 5) < 0.6 ? [250, 0, 0] : [0, 200, 0],
    )
    const [x, y] = project([3, 5, 0])
    const pixel = Math.floor(y) * viewSize.width + Math.floor(x)
    expect(shown[pixel]).toBe(1)
    expect(colour[3 * pixel]).toBe(250)
  })
})
