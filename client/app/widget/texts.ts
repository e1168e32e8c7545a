/** What the element itself says; the app in its frame has texts of its own. */
const en = {
  open: 'Make your 3D face',
  title: 'Your 3D face',
  close: 'Close',
  loading: 'Loading …',
  failed: 'The 3D face cannot be shown here.',
}

const de: typeof en = {
  open: '3D-Gesicht erstellen',
  title: 'Dein 3D-Gesicht',
  close: 'Schließen',
  loading: 'Wird geladen …',
  failed: 'Das 3D-Gesicht kann hier nicht gezeigt werden.',
}

/** @param tag BCP 47; English where the language is not spoken here */
export function textsOf(tag: string): typeof en {
  return /^de\b/i.test(tag) ? de : en
}
