import { de } from './de.ts'
import { en, type Texts } from './en.ts'

export type { Texts }

/** Languages of the pages, by their tag, with the name that each gives itself. */
export const languages = { en: { name: 'English', texts: en }, de: { name: 'Deutsch', texts: de } } as const
export type Language = keyof typeof languages
export const languageTags = Object.keys(languages) as Language[]

export function isLanguage(tag: string | undefined): tag is Language {
  return tag !== undefined && Object.hasOwn(languages, tag)
}

/**
 * The language that a browser wants most among those there are; English where it wants none of them.
 *
 * @example wantedLanguage('fr-FR, de-AT;q=0.8, en;q=0.5') // -> 'de'
 */
export function wantedLanguage(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } | undefined
  for (const entry of (acceptLanguage ?? '').split(',')) {
    const [tag, ...parameters] = entry.split(';')
    const language = tag.trim().toLowerCase().split('-')[0]
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='))
    const quality = q ? Number(q.trim().slice(2)) : 1
    if (!isLanguage(language) || !(quality > (best?.quality ?? 0))) continue
    best = { language, quality }
  }
  return best?.language ?? 'en'
}
