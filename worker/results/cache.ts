import { partAddress, publicParts } from '../contract/parts.ts'
import { type Language, languageTags } from '../texts/languages.ts'

/** This place's cache. (The DOM's types know named caches alone.) */
export const edgeCache = () => (caches as unknown as { default: Cache }).default

/** Where a page is kept: each language has its own, and so has the one whose links carry the language on. */
export function pageKey(
  origin: string,
  path: string,
  reader: { language: Language; chosen: boolean },
): string {
  const url = new URL(path, origin)
  url.searchParams.set('as', reader.language + (reader.chosen ? '-chosen' : ''))
  return url.href
}

/**
 * Drops what this place's cache holds of a result. Other places never serve it either: a cached part goes out only
 * where the record still says "published".
 */
export async function purge(origin: string, id: string): Promise<void> {
  const galleries = languageTags.flatMap((language) =>
    [true, false].map((chosen) => pageKey(origin, '/gallery', { language, chosen })),
  )
  const addresses = ['/api/gallery', ...publicParts.map((name) => partAddress(id, name))]
  const keys = [...galleries, ...addresses.map((address) => origin + address)]
  await Promise.all(keys.map((key) => edgeCache().delete(key)))
}
