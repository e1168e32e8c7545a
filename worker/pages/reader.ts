import type { Context } from 'hono'
import { createContext, useContext } from 'hono/jsx'
import type { App } from '../env.ts'
import { isLanguage, type Language, languages, type Texts, wantedLanguage } from '../texts/languages.ts'

/** For whom a page is written. */
export interface Reader {
  language: Language
  /** By `?lang=` in the address, which then goes along with the links. */
  chosen: boolean
}

export function readerOf(c: Context<App>): Reader {
  const wish = c.req.query('lang')
  const chosen = isLanguage(wish)
  const language = chosen ? wish : wantedLanguage(c.req.header('accept-language'))
  return { language, chosen }
}

/** An address of this service as its reader wants it. @example linkFor(reader, '/gallery') // -> '/gallery?lang=de' */
export function linkFor({ chosen, language }: Reader, path: string): string {
  if (!chosen) return path
  const [address, fragment] = path.split('#')
  const mark = address.includes('?') ? '&' : '?'
  return `${address}${mark}lang=${language}${fragment ? `#${fragment}` : ''}`
}

export const ReaderContext = createContext<Reader>({ language: 'en', chosen: false })

/** What a component needs in order to write: its reader, the texts of their language, and how to link. */
export function useReader(): { reader: Reader; texts: Texts; to: (path: string) => string } {
  const reader = useContext(ReaderContext)
  return { reader, texts: languages[reader.language].texts, to: (path) => linkFor(reader, path) }
}
