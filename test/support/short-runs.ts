import type { BrowserContext } from 'playwright'
import { presets } from '../../client/refine/schedule.ts'

/** As the build writes it: names of properties stay, quotes and spaces go. */
const minified = (scales: object) => JSON.stringify(scales).replaceAll('"', '')
const checkpointTimes = /checkpointSeconds:[\w$]+(?=[,}])/

/**
 * Lets the pages of a context run the preset draft with few steps, for tests of what comes after a run. All else of the page
 * is what everybody gets. The context must block service workers, which would hand out the whole script.
 *
 * @param steps of each scale; default: one
 * @param checkpointSeconds between two checkpoints; default: as ever
 */
export async function shortenRuns(
  context: BrowserContext,
  steps: readonly number[] = presets.draft.scales.map(() => 1),
  checkpointSeconds?: number,
): Promise<void> {
  const whole = minified(presets.draft.scales)
  const short = minified(presets.draft.scales.map(({ divisor }, i) => ({ divisor, steps: steps[i] })))
  await context.route('**/assets/refine.worker-*.js', async (route) => {
    const response = await route.fetch()
    let script = await response.text()
    if (!script.includes(whole)) throw new Error(`${response.url()} does not hold ${whole}.`)
    script = script.replace(whole, short)
    if (checkpointSeconds !== undefined) {
      if (!checkpointTimes.test(script)) throw new Error(`${response.url()} keeps no checkpoints.`)
      script = script.replace(checkpointTimes, `checkpointSeconds:${checkpointSeconds}`)
    }
    const { 'content-encoding': _, 'content-length': __, ...headers } = response.headers()
    await route.fulfill({ response, headers, body: script })
  })
}
