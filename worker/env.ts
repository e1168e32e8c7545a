import type { DailyQuota } from './metering/daily-quota.ts'

declare global {
  namespace Cloudflare {
    /** What the worker is given by its platform, see wrangler.toml. */
    interface Env {
      /** The built client. */
      ASSETS: Fetcher
      /** Model and runtime files: `models/manifest.json` and `models/<hash>/<file>` with `.br` and `.gz` variants. */
      MODELS: R2Bucket
      /** Shared results and widget keys, see results/layout.ts. */
      RESULTS: R2Bucket
      /** One object for each widget key, and one for all pages without. */
      QUOTA: DurableObjectNamespace<DailyQuota>
      RATE_SESSION: RateLimit
      RATE_KEY: RateLimit
      RATE_ADDRESS: RateLimit
      RATE_STRICT: RateLimit
      RATE_READ: RateLimit
      ENVIRONMENT: 'production' | 'development'
      /** Signs session tokens; at least 32 characters. */
      SESSION_SECRET?: string
      /** The one before, whose tokens are still good: set it while the secret changes. */
      SESSION_SECRET_PREVIOUS?: string
      /** What moderators show; at least 32 characters. */
      ADMIN_TOKEN?: string
      /** Where it is set, a session needs a Turnstile token. */
      TURNSTILE_SECRET?: string
      /** Public part of the same; shown by the page /check. */
      TURNSTILE_SITE_KEY?: string
    }
  }
}

export type Env = Cloudflare.Env

/** Type argument of every Hono app here. */
export interface App {
  Bindings: Env
}
