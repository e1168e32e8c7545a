import { beforeEach, expect, test } from 'vitest'
import { NewFrames } from '../../../../client/app/puppet/new-frames.ts'

let show = () => {}
const video = {
  requestVideoFrameCallback(callback: VideoFrameRequestCallback) {
    show = () => callback(0, {} as VideoFrameCallbackMetadata)
    return 1
  },
  cancelVideoFrameCallback() {},
}
let frames: NewFrames
beforeEach(() => {
  frames = new NewFrames(video)
})

/** Has it come? */
async function isThere(next: Promise<void>): Promise<boolean> {
  return Promise.race([next.then(() => true), new Promise<false>((resolve) => setTimeout(resolve, 5, false))])
}

test('waits for the next frame, and not for one that has come meanwhile', async () => {
  const first = frames.next()
  expect(await isThere(first)).toBe(false)
  show()
  expect(await isThere(first)).toBe(true)
  show()
  show()
  expect(await isThere(frames.next())).toBe(true)
  expect(await isThere(frames.next())).toBe(false)
})

test('lets go who waits where it stops, and tells why there are no more', async () => {
  const stopped = frames.next()
  frames.stop()
  expect(await isThere(stopped)).toBe(true)
  const failed = frames.next()
  frames.fail(new Error('the camera was taken away'))
  await expect(failed).rejects.toThrow('the camera was taken away')
  await expect(frames.next()).rejects.toThrow('the camera was taken away')
})
