import { app } from './app.ts'
import type { Env } from './env.ts'
import { limits } from './limits.ts'
import { cleanUp } from './results/clean-up.ts'
import { removeOrphans } from './results/orphans.ts'

export { DailyQuota } from './metering/daily-quota.ts'

export default {
  fetch: app.fetch,
  /** Hourly, see wrangler.toml. What is due is in `done`; where that comes to `most`, it may be behind. */
  async scheduled({ scheduledTime }, env) {
    const most = limits.cleanUp.entriesPerRun
    console.log(JSON.stringify({ cron: 'clean-up', most, ...(await cleanUp(env, scheduledTime)) }))
    console.log(JSON.stringify({ cron: 'orphans', ...(await removeOrphans(env, scheduledTime)) }))
  },
} satisfies ExportedHandler<Env>
