let opened: BroadcastChannel | undefined
const channel = () => (opened ??= new BroadcastChannel('facerefiner-shelf'))

/** Other tabs of this site are told that the shelf has changed. */
export function tellOthers(): void {
  channel().postMessage('changed')
}

/** @param changed called when another tab has changed the shelf */
export function hearOthers(changed: () => void): void {
  channel().addEventListener('message', changed)
}
