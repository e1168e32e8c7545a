import { expect, test, vi } from 'vitest'
import { Driver } from '../../../../client/app/viewer/driver.ts'

test('tells of another pose, and of none, but not of the same again', () => {
  const driver = new Driver()
  driver.changed = vi.fn()
  driver.pose = null
  expect(driver.changed).not.toHaveBeenCalled()
  driver.pose = { weights: { jawOpen: 0.5 } }
  driver.pose = { weights: { jawOpen: 0.5, eyeBlinkLeft: 0 } }
  expect(driver.changed).toHaveBeenCalledTimes(1)
  driver.pose = { weights: { jawOpen: 0.6 } }
  driver.pose = null
  expect(driver.changed).toHaveBeenCalledTimes(3)
  expect(driver.pose).toBeNull()
})
