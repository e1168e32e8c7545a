declare global {
  namespace Cloudflare {
    /** What the worker is given by its platform, see wrangler.toml. */
    interface Env {
      /** The built client. */
      ASSETS: Fetcher
      /** Model and runtime files: `models/manifest.json` and `models/<hash>/<file>` with `.br` and `.gz` variants. */
      MODELS: R2Bucket
    }
  }
}

export type Env = Cloudflare.Env

/** Type argument of every Hono app here. */
export interface App {
  Bindings: Env
}
