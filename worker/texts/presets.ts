/** What people call each preset, wherever they meet it; programs know it by its key. */
export const presetNames: Record<'en' | 'de', Record<'draft' | 'standard' | 'paper', string>> = {
  en: { draft: 'Draft', standard: 'Standard', paper: 'Paper' },
  de: { draft: 'Entwurf', standard: 'Standard', paper: 'Paper' },
}
