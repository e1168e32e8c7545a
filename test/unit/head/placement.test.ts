import { expect, test } from 'vitest'
import { placement } from '../../../client/head/placement.ts'

const landmarks = Float32Array.from({ length: 3 * 468 }, (_, i) => ((i * 37) % 23) - 11)
const basis = [1, 50, 100, 467].map((landmark) => [landmark, 0.5] as const)

test('turns, scales and moves all points as it has to for the weighted landmarks', () => {
  const turned = (points: ArrayLike<number>) =>
    Float32Array.from(points, (_, i) => {
      const [x, y, z] = [0, 1, 2].map((c) => points[i - (i % 3) + c])
      return [-2 * y + 1, 2 * x + 2, 2 * z + 3][i % 3]
    })
  const onto = turned(landmarks)
  // Of no weight.
  onto[3 * 7] += 100
  const points = [1, 2, 3, -4, 5, 6]
  const placed = placement(landmarks, onto, { basis })(points)
  turned(points).forEach((value, i) => {
    expect(placed[i]).toBeCloseTo(value, 5)
  })
})
