import { browserPlace } from './browser-place.ts'
import { perform, type Task } from './tasks.ts'

/** Performs one task and posts its figures. */
self.onmessage = async ({ data: task }: MessageEvent<Task>) => {
  try {
    self.postMessage({ figures: await perform(await browserPlace(task.options), task) })
  } catch (error) {
    self.postMessage({ error: String(error) })
  }
}
