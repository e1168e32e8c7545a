import { publicParts } from '../limits.ts'
import { partAddress } from './readResult.ts'

/** This place's cache. (The DOM's types know named caches alone.) */
export const edgeCache = () => (caches as unknown as { default: Cache }).default

/**
 * Drops what this place's cache holds of a result. Other places never serve it either: a cached part goes out only
 * where the record still says "published".
 */
export async function purge(origin: string, id: string): Promise<void> {
  const pages = [`/r/${id}`, '/gallery', '/api/gallery']
  const addresses = [...publicParts.map((name) => partAddress(id, name)), ...pages]
  await Promise.all(addresses.map((address) => edgeCache().delete(origin + address)))
}
