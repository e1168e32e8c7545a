import { app } from './app.ts'
import type { Env } from './env.ts'
import { cleanUp } from './results/clean-up.ts'

export { DailyQuota } from './metering/daily-quota.ts'

export default {
  fetch: app.fetch,
  /** Daily, see wrangler.toml. */
  async scheduled({ scheduledTime }, env) {
    console.log(JSON.stringify({ cron: 'clean-up', ...(await cleanUp(env, scheduledTime)) }))
  },
} satisfies ExportedHandler<Env>
