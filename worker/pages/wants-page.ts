import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

/**
 * Does a person ask, with a browser that goes to the address? Scripts say that they do something else, and programs ask for
 * anything or for JSON.
 */
export function wantsPage(c: Context): boolean {
  const mode = c.req.header('sec-fetch-mode')
  if (mode !== undefined && mode !== 'navigate') return false
  const [page, data] = ['text/html', 'application/json']
  return accepts(c, { header: 'Accept', supports: [data, page], default: data }) === page
}
