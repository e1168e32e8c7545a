import { en, type Texts } from './en.ts'

export type { Details, Texts } from './en.ts'

/** Languages of the page, by their tag. English is in the page's own script, the others load when they are chosen. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const files: Record<Language, () => Promise<Texts>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
}

let chosen: Texts = en
let adapt: (texts: Texts, language: Language) => Texts = (same) => same

/** The texts of the chosen language. Ask anew at each drawing: the language may change. */
export function texts(): Texts {
  return chosen
}

/**
 * Chooses a language for the page.
 *
 * @param tag e.g. `de` or `de-AT`; one that there is not becomes English
 */
export async function useLanguage(tag: string): Promise<Language> {
  const language = languageOf([tag])
  chosen = adapt(await files[language](), language)
  return language
}

/** Lets a page that is another's guest say some things otherwise, from the next choice of a language on. */
export function adaptTexts(adapted: typeof adapt): void {
  adapt = adapted
}

/** The first of the wanted languages that there is, else English. */
export function languageOf(wanted: readonly string[]): Language {
  const known = wanted
    .map((tag) => tag.toLowerCase().split('-')[0])
    .find((tag) => Object.hasOwn(languages, tag))
  return (known ?? 'en') as Language
}
