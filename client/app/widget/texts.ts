/** What the element itself says; the app in its frame has texts of its own. */
const en = {
  open: 'Make your 3D head',
  title: 'Your 3D head',
  close: 'Close',
  loading: 'Loading …',
  failed: 'This cannot be shown here.',
}

const de: typeof en = {
  open: '3D-Kopf erstellen',
  title: 'Dein 3D-Kopf',
  close: 'Schließen',
  loading: 'Wird geladen …',
  failed: 'Das lässt sich hier nicht zeigen.',
}

/** @param tag BCP 47; English where the language is not spoken here */
export function textsOf(tag: string): typeof en {
  return /^de\b/i.test(tag) ? de : en
}
