interface Connection {
  saveData?: boolean
  effectiveType?: string
}

/** Is this a connection over which nothing should come that nobody asked for? Browsers that do not tell are taken for fast ones. */
export function savesData(): boolean {
  const { saveData, effectiveType } = (navigator as { connection?: Connection }).connection ?? {}
  return saveData === true || effectiveType === '2g' || effectiveType === 'slow-2g'
}
