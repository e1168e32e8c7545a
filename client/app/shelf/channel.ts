let opened: BroadcastChannel | null | undefined
/** null: some browsers give none to pages that storage is closed to, where there is nothing to tell either. */
function channel(): BroadcastChannel | null {
  if (opened !== undefined) return opened
  try {
    opened = new BroadcastChannel('facerefiner-shelf')
  } catch {
    opened = null
  }
  return opened
}

/** Other tabs of this site are told that the shelf has changed. */
export function tellOthers(): void {
  channel()?.postMessage('changed')
}

/** @param changed called when another tab has changed the shelf */
export function hearOthers(changed: () => void): void {
  channel()?.addEventListener('message', changed)
}
