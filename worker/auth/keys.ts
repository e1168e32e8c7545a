import { z } from 'zod'
import { plainLine } from '../contract/plain-text.ts'
import type { Env } from '../env.ts'
import { limits } from '../limits.ts'
import { sha256Hex } from '../secrets/crypto.ts'

/** Where the widget keys lie in the bucket RESULTS. `npm run keys` writes it. */
export const keysObject = 'config/keys.json'

/** A publishable key (pk_...) stands in a page's source, so it is no secret; still only its hash is kept. */
export const widgetKey = z.strictObject({
  /** `k_` and the first 12 hex digits of the hash. */
  id: z.string(),
  /** sha256 of the key, lower-case hex. */
  hash: z.string(),
  name: z.string(),
  /** Origins whose pages may use it, e.g. `https://shop.example`. */
  origins: z.array(z.string()),
  created: z.string(),
  revoked: z.string().optional(),
})
export type WidgetKey = z.infer<typeof widgetKey>
export const widgetKeys = z.array(widgetKey)

/** Read again after a minute, so that a request costs no read of its own. */
const known = new WeakMap<R2Bucket, { keys: WidgetKey[]; until: number }>()

/** Keys that are not revoked. At most {@link limits.keys.cacheSeconds} old. */
export async function activeKeys(env: Env): Promise<WidgetKey[]> {
  const cached = known.get(env.RESULTS)
  if (cached && cached.until > Date.now()) return cached.keys
  const object = await env.RESULTS.get(keysObject)
  const keys = object ? widgetKeys.parse(await object.json()).filter(({ revoked }) => !revoked) : []
  known.set(env.RESULTS, { keys, until: Date.now() + limits.keys.cacheSeconds * 1000 })
  return keys
}

/** Forgets what was read: for tests. */
export function forgetKeys(env: Env): void {
  known.delete(env.RESULTS)
}

/** The active key of this text, `pk_...`. */
export async function findKey(env: Env, text: string): Promise<WidgetKey | undefined> {
  const hash = await sha256Hex(text)
  return (await activeKeys(env)).find((key) => key.hash === hash)
}

/** A new key of these origins: the text, told once, and what is kept. */
export async function makeKey(
  text: string,
  name: string,
  origins: string[],
  created: string,
): Promise<WidgetKey> {
  const hash = await sha256Hex(text)
  return { id: `k_${hash.slice(0, 12)}`, hash, name: plainLine(name), origins, created }
}
