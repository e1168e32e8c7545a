import type { PartName } from '../contract/parts.ts'

// Where things lie in the bucket RESULTS:
//
//   uploads/ID.json                   what was declared; gone once published
//   results/ID/PART/SHA256            the bytes
//   records/ID.json                   the commit point: without it nothing is published
//   gallery/REVERSE_TIME-ID           listed results, newest first
//   reports/ID/REASON-REPORTER        what visitors reported, each one once; older ones: TIME-RANDOM
//   expiry/TIME/ID                    when the cron looks at a result or upload, soonest first
//   config/keys.json, orphans.json    the widget keys; where the cron's search for orphans stopped

export const uploadKey = (id: string) => `uploads/${id}.json`
export const recordKey = (id: string) => `records/${id}.json`
export const partsRoot = 'results/'
export const partsPrefix = (id: string) => `${partsRoot}${id}/`
export const partKey = (id: string, name: PartName, sha256: string) => `${partsPrefix(id)}${name}/${sha256}`
export const reportsRoot = 'reports/'
export const reportsPrefix = (id: string) => `${reportsRoot}${id}/`
export const expiryPrefix = 'expiry/'
export const expiryKey = (time: string, id: string) => `${expiryPrefix}${time}/${id}`
/** The entries of a record, and of the upload that it was made of where that broke off. */
export function expiryKeys(record: { id: string; expires: string; upload?: { expiry: string } }): string[] {
  const { id, expires, upload } = record
  return [expiryKey(expires, id), ...(upload ? [upload.expiry] : [])]
}
export const galleryPrefix = 'gallery/'

/** The last millisecond that 13 digits hold: in 2286. */
const lastTime = 9_999_999_999_999

/** Keys are listed in their order, so the time counts down. */
export function galleryKey(published: string, id: string): string {
  return `${galleryPrefix}${String(lastTime - Date.parse(published)).padStart(13, '0')}-${id}`
}

/** `expiry/TIME/ID` -> its time and id */
export function readExpiryKey(key: string): { time: string; id: string } {
  const [time, id] = key.slice(expiryPrefix.length).split('/')
  return { time, id }
}

/** `gallery/REVERSE_TIME-ID` -> the id */
export function galleryId(key: string): string {
  return key.slice(galleryPrefix.length + 14)
}

/** `results/ID/PART/SHA256` -> the id */
export function idOfPart(key: string): string {
  return key.slice(partsRoot.length).split('/')[0]
}

/** `reports/ID/TIME-RANDOM` -> the id */
export function idOfReport(key: string): string {
  return key.slice(reportsRoot.length).split('/')[0]
}

/** All keys with a prefix. For prefixes of one result, which hold few. */
export async function keysUnder(bucket: R2Bucket, prefix: string): Promise<string[]> {
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix, cursor })
    keys.push(...page.objects.map(({ key }) => key))
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
  return keys
}
