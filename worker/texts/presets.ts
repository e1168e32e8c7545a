/** What people call each preset, wherever they meet it; programs know it by its key. */
export const presetNames: Record<'en' | 'de', Record<'instant' | 'draft' | 'standard' | 'paper', string>> = {
  en: { instant: 'Instant', draft: 'Draft', standard: 'Standard', paper: 'Paper' },
  de: { instant: 'Sofort', draft: 'Entwurf', standard: 'Standard', paper: 'Paper' },
}
