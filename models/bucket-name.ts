import { join } from 'node:path'
import { root } from './paths.ts'

/** The bucket that wrangler.toml binds as MODELS. */
export async function bucketName(): Promise<string> {
  const { unstable_readConfig } = await import('wrangler')
  const { r2_buckets: buckets } = unstable_readConfig(
    { config: join(root, 'wrangler.toml') },
    { hideWarnings: true },
  ) as { r2_buckets: { binding: string; bucket_name?: string }[] }
  return buckets.find(({ binding }) => binding === 'MODELS')!.bucket_name!
}
